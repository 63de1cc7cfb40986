"""A coalition in which everything there is stands about one candidate, and about two others."""

from datetime import date

from coalitions.models import Candidate, Coalition, Difficulty
from coalitions.tests import factories as make
from people.tests.factories import ActorFactory

OFFICE = "Warden of the Quillon Fund"
WORD = "vambrace"


class Held:
    """`row` the coalition, `one` the candidate, `other` and `third` more of them."""

    def __init__(self) -> None:
        self.row: Coalition = make.CoalitionFactory.create()
        place = self.row.system
        self.one: Candidate = make.CandidateFactory.create(
            coalition=self.row,
            actor=ActorFactory.create(system=place, name=OFFICE),
        )
        self.other: Candidate = make.CandidateFactory.create(coalition=self.row)
        self.third: Candidate = make.CandidateFactory.create(coalition=self.row)
        self.fill(self.one, f"own {WORD}")
        self.fill(self.other, "theirs")
        self.fill_shared()

    def fill(self, about: Candidate, text: str) -> None:
        """Whatever is about one candidate alone."""
        make.AppraisalFactory.create(candidate=about, cause=text)
        make.StandingFactory.create(candidate=about, reason=text, plan=text)
        make.CommonGroundFactory.create(candidate=about, note=text)
        make.CommitmentFactory.create(candidate=about, what=text)
        make.NextStepFactory.create(coalition=self.row, candidate=about, what=text)
        make.VacancyFactory.create(coalition=self.row, actor=about.actor, plan=text)
        make.BarrierFactory.create(
            coalition=self.row, what=text, removed_by=about, removed_on=date(2025, 3, 1)
        )
        self.met([about], text)

    def fill_shared(self) -> None:
        """What is about the candidate and another, and about two others."""
        self.met([self.one, self.other], f"shared {WORD}")
        self.hard(self.one, self.other, f"hard {WORD}")
        self.hard(self.other, self.third, "hard for others")

    def met(self, with_whom: list[Candidate], purpose: str) -> None:
        contact = make.ContactFactory.create(coalition=self.row, purpose=purpose)
        contact.candidates.set(with_whom)

    def hard(self, first: Candidate, second: Candidate, note: str) -> Difficulty:
        between = ",".join(map(str, sorted((first.actor_id, second.actor_id))))
        row: Difficulty = make.DifficultyFactory.create(
            coalition=self.row, between=between, note=note
        )
        return row

    def named(self) -> None:
        """The office is named wherever a text can stand."""
        said = f"The {OFFICE} again."
        make.CandidNoteFactory.create(coalition=self.row, body=said)
        pooled = make.OwnListFactory.create(
            coalition=self.row, sent_at=self.now(), pooled_at=self.now()
        )
        make.NominationFactory.create(own_list=pooled, office=OFFICE, why=said)
        make.CharterFactory.create(coalition=self.row, purpose=said)
        make.AppraisalFactory.create(candidate=self.third, cause=said)
        make.StandingFactory.create(candidate=self.third, reason=said, plan="kept")
        make.CommonGroundFactory.create(candidate=self.third, note=said)
        make.DifficultyFactory.create(coalition=self.row, note=said)
        self.met([self.third], said)
        make.CommitmentFactory.create(candidate=self.third, what=said)
        make.BarrierFactory.create(coalition=self.row, what=said)
        make.NextStepFactory.create(coalition=self.row, what=said)
        make.VacancyFactory.create(coalition=self.row, influencers=said)
        make.CircleFactory.create(coalition=self.row, message=said)
        make.EntryPointFactory.create(coalition=self.row, what=said)

    def now(self) -> object:
        return self.one.coalition.own_lists.model._meta.get_field("at").get_default()

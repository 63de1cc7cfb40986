"""What is done here, and what it is done to, in words; the trail itself keeps codes."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as lazy

Words = str | Promise

# What the trail calls an act: its name in a list of choices, and its sentence.
ACTIONS: dict[str, tuple[Words, Words]] = {
    "create": (lazy("create"), lazy("%(who)s created %(what)s")),
    "change": (lazy("change"), lazy("%(who)s changed %(what)s")),
    "create segments": (lazy("create segments"), lazy("%(who)s created %(count)s segments")),
    "import": (lazy("import"), lazy("%(who)s imported the file %(key)s")),
    "draft": (lazy("draft"), lazy("%(who)s drafted %(what)s")),
    "revise": (lazy("revise"), lazy("%(who)s revised %(what)s")),
    "agree": (lazy("agree"), lazy("%(who)s put %(what)s in force")),
    "send": (lazy("send for challenge"), lazy("%(who)s sent %(what)s for challenge")),
    "challenge": (lazy("challenge"), lazy("%(who)s challenged %(key)s")),
    "answer": (lazy("answer a challenge"), lazy("%(who)s answered a challenge of %(key)s")),
    "withdraw": (lazy("withdraw"), lazy("%(who)s withdrew %(what)s")),
    "approve": (lazy("approve"), lazy("%(who)s approved %(what)s")),
    "open round": (lazy("open a round"), lazy("%(who)s opened %(what)s")),
    "ask": (lazy("ask for sheets"), lazy("%(who)s asked %(asked)s for their sheets in %(what)s")),
    "close round": (lazy("close a round"), lazy("%(who)s closed the sheets of %(what)s")),
    "moderate": (lazy("moderate"), lazy("%(who)s moderated %(what)s")),
    "lock": (lazy("lock"), lazy("%(who)s locked %(what)s")),
    "finish": (lazy("finish a milestone"), lazy("%(who)s said that %(what)s was reached")),
    "rate": (lazy("rate"), lazy("%(who)s rated %(what)s")),
    "retire": (lazy("retire"), lazy("%(who)s retired %(what)s")),
    "reinstate": (lazy("reinstate"), lazy("%(who)s took %(what)s up again")),
    "make": (lazy("make"), lazy("%(who)s made %(what)s")),
    "grant role": (lazy("grant role"), lazy("%(who)s gave %(key)s the role %(role)s")),
    "change role": (
        lazy("change role"),
        lazy("%(who)s made %(key)s %(role)s, who was %(role before)s"),
    ),
    "change office": (
        lazy("change office"),
        lazy("%(who)s made %(key)s speak for %(office)s, before that for %(office before)s"),
    ),
    "remove role": (
        lazy("remove role"),
        lazy("%(who)s took the role %(role)s away from %(key)s"),
    ),
    "leave": (lazy("leave"), lazy("%(who)s gave the role %(role)s back")),
    "propose leader": (lazy("propose leader"), lazy("%(who)s proposed %(key)s as %(role)s")),
    "accept leader": (lazy("accept leader"), lazy("%(who)s accepted %(key)s as %(role)s")),
    "refuse leader": (lazy("refuse leader"), lazy("%(who)s refused %(key)s as %(role)s")),
    "invite": (lazy("invite"), lazy("%(who)s invited %(key)s as %(role)s")),
    "renew invitation": (
        lazy("renew invitation"),
        lazy("%(who)s sent the invitation of %(key)s anew"),
    ),
    "withdraw invitation": (
        lazy("withdraw invitation"),
        lazy("%(who)s withdrew the invitation of %(key)s"),
    ),
    "accept invitation": (
        lazy("accept invitation"),
        lazy("%(key)s accepted the invitation as %(role)s"),
    ),
    "disable account": (lazy("close account"), lazy("%(who)s closed the account %(key)s")),
    "enable account": (lazy("open account"), lazy("%(who)s opened the account %(key)s again")),
    "make administrator": (
        lazy("make administrator"),
        lazy("%(who)s made %(key)s an installation administrator"),
    ),
    "end administrator": (
        lazy("end administrator"),
        lazy("%(who)s ended that %(key)s administers the installation"),
    ),
    "end second factor": (
        lazy("end second factor"),
        lazy("%(who)s took the second factor of %(key)s away"),
    ),
    "create token": (lazy("create token"), lazy("%(who)s made %(what)s")),
    "revoke token": (lazy("revoke token"), lazy("%(who)s revoked %(what)s")),
    "link with organisation": (
        lazy("link with organisation"),
        lazy("%(who)s linked %(what)s with the sign-in of the organisation"),
    ),
    "end delegate": (lazy("end delegate"), lazy("%(who)s ended what %(user)s may open")),
    "agree score": (
        lazy("agree a judgment"),
        lazy("%(who)s wrote down what was agreed on %(element)s in %(round)s"),
    ),
    "take off": (lazy("take off a review"), lazy("%(who)s took %(user)s off %(round)s")),
    "destroy scores": (
        lazy("destroy scores"),
        lazy("%(who)s destroyed the single scores of %(what)s"),
    ),
    "destroy notes": (
        lazy("destroy notes"),
        lazy("%(who)s destroyed the interview notes of %(what)s"),
    ),
    "settle action": (lazy("settle an action"), lazy("%(who)s settled %(what)s")),
    "open action again": (lazy("open an action again"), lazy("%(who)s opened %(what)s again")),
    "share action": (lazy("share an action"), lazy("%(who)s put %(what)s on the shared list")),
    "release to leaders": (
        lazy("release results to the leaders"),
        lazy("%(who)s released the results of %(what)s to the leaders"),
    ),
    "release to team": (
        lazy("release results to the team"),
        lazy("%(who)s released the results of %(what)s to the team"),
    ),
    "export": (lazy("export"), lazy("%(who)s asked for %(what)s")),
    "write export": (
        lazy("write export"),
        lazy("The file of export %(key)s was written for %(who)s"),
    ),
    "refuse export": (lazy("refuse export"), lazy("Export %(key)s was refused to %(who)s")),
    "take up": (lazy("take up a rubric"), lazy("%(who)s took up %(what)s, which is supplied")),
    "put in use": (lazy("put a rubric in use"), lazy("%(who)s put %(what)s in use")),
    "discard": (lazy("discard a draft"), lazy("%(who)s discarded %(what)s")),
    "move": (lazy("move"), lazy("%(who)s moved %(what)s")),
    "remove": (lazy("remove"), lazy("%(who)s removed %(what)s")),
    "send link": (lazy("send a link"), lazy("%(who)s sent %(to)s a link to %(round)s")),
    "remind": (
        lazy("remind"),
        lazy("%(who)s had everyone reminded who had not finished %(what)s"),
    ),
    "plan": (lazy("lay out a plan"), lazy("%(who)s laid out the plan of %(what)s")),
    # About a coalition the trail tells what was done, and neither of whom nor of what.
    "judge": (lazy("judge a candidate"), lazy("%(who)s judged a candidate of a coalition")),
    "place": (lazy("place a candidate"), lazy("%(who)s said where a candidate stands")),
    "close lists": (lazy("close lists"), lazy("%(who)s closed the lists of a coalition")),
    "pool lists": (
        lazy("put lists together"),
        lazy("%(who)s put the lists of a coalition together"),
    ),
    "record common ground": (
        lazy("record common ground"),
        lazy("%(who)s wrote down what a member shares with a coalition"),
    ),
    "erase candidate": (
        lazy("erase a candidate"),
        lazy("%(who)s erased what was held about a candidate"),
    ),
    "destroy coalition": (lazy("destroy a coalition"), lazy("%(who)s destroyed a coalition")),
    "name again": (lazy("name again"), lazy("%(who)s named %(what)s again")),
}
# Where the object tells more than the act alone.
SENTENCES: dict[tuple[str, str], Words] = {
    ("finish", "reviews.Step"): lazy("%(who)s said that %(what)s was done"),
    ("make", "aspirations.Rebase"): lazy("%(who)s started a new stretch: %(key)s"),
    ("withdraw", "aspirations.Rebase"): lazy("%(who)s took back the new stretch: %(key)s"),
}
# Models whose own name would not say what people call them.
KINDS: dict[str, Words] = {
    "aspirations.Trajectory": lazy("path"),
    "aspirations.DataQuality": lazy("data quality rating"),
    "people.User": lazy("account"),
    "reviews.AgreedScore": lazy("agreed judgment"),
}
DOORS: dict[str, Words] = {
    "page": lazy("on a page"),
    "command": lazy("by a command"),
    "load_system": lazy("by loading a system file"),
    "interface": lazy("through the interface for programs"),
    "invitation": lazy("by an invitation"),
    "job": lazy("in the background"),
}

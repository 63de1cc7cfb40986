"""Addresses of who works in a system, and of taking up an invitation."""

from django.urls import path

from people.views import invitations, members

fixed = [path("invitations/<str:secret>/", invitations.invitation, name="invitation")]
system = [
    path("members/", members.members, name="members"),
    path("members/invite/", members.invite_member, name="invite_member"),
    path("members/<int:pk>/role/", members.change_member, name="change_member"),
    path("members/<int:pk>/remove/", members.remove_member, name="remove_member"),
    path("invitations/<int:pk>/renew/", members.renew_invitation, name="renew_invitation"),
    path("invitations/<int:pk>/withdraw/", members.withdraw_invitation, name="withdraw_invitation"),
    path("appointments/<int:pk>/decide/", members.decide_appointment, name="decide_appointment"),
]

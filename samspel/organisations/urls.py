from django.urls import include, path

from samspel.organisations.account import views as account
from samspel.organisations.bodies import views as bodies
from samspel.organisations.details import views as details
from samspel.organisations.group import views as group
from samspel.organisations.history import views as history
from samspel.organisations.joining import answer_views as answers
from samspel.organisations.joining import views as joining
from samspel.organisations.members import switch
from samspel.organisations.members import views as members
from samspel.organisations.programme import views as programme
from samspel.organisations.succession import views as succession
from samspel.organisations.who_may import views as who_may

urlpatterns = [
    path("account/details/", account.account_details, name="account-details"),
    path("account/data/", account.account_data, name="account-data"),
    path("account/erasure/", account.account_erasure, name="account-erasure"),
    path("due-records/", account.due_record_list, name="due-record-list"),
    path("account/", include("samspel.organisations.signin.urls")),
    path("organisations/", joining.organisation_list, name="organisation-list"),
    path("organisations/join/", joining.joining_start, name="joining-start"),
    path("organisations/new/", joining.organisation_create, name="organisation-create"),
    path("organisations/<int:pk>/joining/", joining.joining_detail, name="joining-detail"),
    path("organisations/<int:pk>/members/", members.member_list, name="member-list"),
    path("organisations/<int:pk>/leaving/", members.leaving, name="leaving"),
    path("members/<int:pk>/", members.member_detail, name="member-detail"),
    path("members/<int:pk>/ending/", members.ending, name="member-ending"),
    path("requests/", answers.request_list, name="request-list"),
    path("requests/<int:pk>/", answers.request_detail, name="request-detail"),
    path("requests/<int:pk>/withdrawal/", joining.withdrawal_create, name="request-withdrawal"),
    path("acting-for/", switch.acting_for, name="acting-for"),
    path("organisations/<int:pk>/", details.organisation_detail, name="organisation-detail"),
    path("organisations/<int:pk>/details/", details.organisation_details, name="organisation-details"),
    path("organisations/<int:pk>/body/", bodies.organisation_body, name="organisation-body"),
    path("organisations/<int:pk>/body/undoing/", bodies.organisation_body_undo, name="organisation-body-undo"),
    path("organisations/<int:pk>/group/", group.organisation_group, name="organisation-group"),
    path("organisations/<int:pk>/group/request/", group.organisation_group_ask, name="organisation-group-ask"),
    path(
        "organisations/<int:pk>/group/withdrawal/",
        group.organisation_group_withdraw,
        name="organisation-group-withdraw",
    ),
    path("organisations/<int:pk>/group/exit/", group.organisation_group_leave, name="organisation-group-leave"),
    path(
        "organisations/<int:pk>/group/<int:child>/confirmation/",
        group.organisation_group_confirm,
        name="organisation-group-confirm",
    ),
    path(
        "organisations/<int:pk>/group/<int:child>/refusal/",
        group.organisation_group_refuse,
        name="organisation-group-refuse",
    ),
    path(
        "organisations/<int:pk>/group/<int:child>/exit/",
        group.organisation_group_dismiss,
        name="organisation-group-dismiss",
    ),
    path("organisations/<int:pk>/succession/", succession.organisation_succession, name="organisation-succession"),
    path("organisations/<int:pk>/trail/", history.organisation_trail, name="organisation-trail"),
    path("organisations/<int:pk>/trail/export/", history.trail_export, name="trail-export"),
    path("programme/", programme.programme_detail, name="programme"),
    path("programme/name/", programme.adviser_name, name="adviser-name"),
    path("programme/regions/new/", programme.region_new, name="region-new"),
    path("programme/regions/<int:pk>/", programme.region_change, name="region-change"),
    path("programme/regions/<int:pk>/removal/", programme.region_remove, name="region-remove"),
    path("permissions/", who_may.permission_list, name="permission-list"),
]

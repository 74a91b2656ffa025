from django.urls import include, path

urlpatterns = [
    path("", include("samspel.front.urls")),
    path("", include("samspel.kit.urls")),
    path("", include("samspel.organisations.urls")),
    path("", include("samspel.notices.urls")),
]
handler400 = "samspel.kit.views.bad_request"
handler403 = "samspel.kit.views.permission_denied"
handler404 = "samspel.kit.views.page_not_found"
handler500 = "samspel.kit.views.server_error"
# Asked for by allauth.
handler429 = "samspel.organisations.signin.views.too_many_tries"

from django.urls import path

from samspel.notices.bodies import views as bodies
from samspel.notices.indicators import views as indicators
from samspel.notices.notice import views as notice
from samspel.notices.saved import follow_views as follows
from samspel.notices.saved import views as saved
from samspel.notices.search import views as search
from samspel.notices.sources import views as sources

urlpatterns = [
    path("notices/", search.notice_list, name="notice-list"),
    path("my/searches/", saved.saved_search_list, name="saved-search-list"),
    path("my/searches/new/", saved.saved_search_create, name="saved-search-create"),
    path("my/searches/<int:pk>/", saved.saved_search_detail, name="saved-search-detail"),
    path("my/searches/<int:pk>/deletion/", saved.saved_search_deletion, name="saved-search-deletion"),
    path("my/follows/", follows.follow_create, name="follow-create"),
    path("my/follows/<int:pk>/ending/", follows.follow_ending, name="follow-ending"),
    path("my/recent-searches/deletion/", follows.recent_search_deletion, name="recent-search-deletion"),
    path("my/recent-searches/keeping/", follows.recent_search_keeping, name="recent-search-keeping"),
    path("notices/export.<str:format>", search.notice_export, name="notice-export"),
    path(
        "notices/<str:source>/<path:identifier>/<str:version>/notice.json",
        notice.notice_json,
        name="notice-json",
    ),
    path("notices/<str:source>/<path:identifier>/<str:version>/", notice.notice_detail, name="notice-detail"),
    path("buyers/<str:key>/", bodies.buyer_detail, name="buyer-detail"),
    path("buyers/<str:key>/procurements.<str:format>", bodies.buyer_export, name="buyer-export"),
    path("suppliers/<str:key>/", bodies.supplier_detail, name="supplier-detail"),
    path("suppliers/<str:key>/procurements.<str:format>", bodies.supplier_export, name="supplier-export"),
    path("indicators/", indicators.indicator_list, name="indicator-list"),
    path("indicators/by/<str:by>.<str:format>", indicators.indicator_export, name="indicator-export"),
    path("indicators/<str:name>/", indicators.indicator_detail, name="indicator-detail"),
    path("indicators/<str:name>/procurements/", indicators.indicator_evidence, name="indicator-evidence"),
    path("indicators/<str:name>/procurements.<str:format>", indicators.evidence_export, name="evidence-export"),
    path("indicators/<str:name>/years.svg", indicators.indicator_picture, name="indicator-picture"),
    path("sources/", sources.source_list, name="source-list"),
    path("sources/references/", sources.reference_list, name="reference-list"),
]

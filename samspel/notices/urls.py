from django.urls import path

from samspel.notices import indicator_views, notice_views, party_views, search_views, source_views

urlpatterns = [
    path("notices/", search_views.notice_list, name="notice-list"),
    path("notices/export.<str:format>", search_views.notice_export, name="notice-export"),
    path(
        "notices/<str:source>/<path:identifier>/<str:version>/notice.json",
        notice_views.notice_json,
        name="notice-json",
    ),
    path("notices/<str:source>/<path:identifier>/<str:version>/", notice_views.notice_detail, name="notice-detail"),
    path("buyers/<str:key>/", party_views.buyer_detail, name="buyer-detail"),
    path("buyers/<str:key>/procurements.<str:format>", party_views.buyer_export, name="buyer-export"),
    path("suppliers/<str:key>/", party_views.supplier_detail, name="supplier-detail"),
    path("suppliers/<str:key>/procurements.<str:format>", party_views.supplier_export, name="supplier-export"),
    path("indicators/", indicator_views.indicator_list, name="indicator-list"),
    path("indicators/by/<str:by>.<str:format>", indicator_views.indicator_export, name="indicator-export"),
    path("indicators/<str:name>/", indicator_views.indicator_detail, name="indicator-detail"),
    path("indicators/<str:name>/procurements/", indicator_views.indicator_evidence, name="indicator-evidence"),
    path("indicators/<str:name>/procurements.<str:format>", indicator_views.evidence_export, name="evidence-export"),
    path("indicators/<str:name>/years.svg", indicator_views.indicator_picture, name="indicator-picture"),
    path("sources/", source_views.source_list, name="source-list"),
]

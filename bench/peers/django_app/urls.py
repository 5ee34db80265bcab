"""The three pages of the race, at the addresses that ours have."""

from django.contrib.auth.views import LoginView
from django.urls import path
from practices import views

urlpatterns = [
    path("sign-in", LoginView.as_view(template_name="sign_in.html")),
    path("practices/<slug:practice>/<slug:cycle>/elements/<slug:element>", views.element),
    path("practices/<slug:practice>/<slug:cycle>/review/<slug:element>", views.review),
]

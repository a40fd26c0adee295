"""People, bodies, roles and invitations in the admin; every change is an action's."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from unfold.admin import ModelAdmin
from unfold.decorators import action

from accounts import actions
from accounts.choices import Role
from accounts.models import Agency, ApiToken, Invitation, RoleGrant, User
from accounts.workflow import GRANTS, INVITATIONS
from common.errors import PortalError
from journal.actions import record
from journal.admin import AskedAsOffered


class NoDeletion(ModelAdmin):
    """Nothing about people is deleted; it ends."""

    def has_delete_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class AddOnly(NoDeletion):
    """Made by a form, changed by moves alone."""

    def has_change_permission(self, _request: HttpRequest, obj: Any = None) -> bool:
        return obj is None

    def has_view_permission(self, request: HttpRequest, _obj: Any = None) -> bool:
        return bool(request.user.is_staff)


@admin.register(Agency)
class AgencyAdmin(NoDeletion):
    list_display = ["code", "kind", "name_ru", "name_kk", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["code", "name_kk", "name_ru", "name_en"]

    def get_readonly_fields(self, _request: HttpRequest, obj: Any = None) -> list[str]:
        """A body stays of its kind: a supplier that became a member would make officials."""
        return ["code", "kind"] if obj else []

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        super().save_model(request, obj, form, change)
        facts = {name: str(form.cleaned_data[name]) for name in form.changed_data}
        verb = "accounts.agency.change" if change else "accounts.agency.add"
        record(verb, obj, actor=request.user, facts=facts)


GRANT_FIELDS = ["role", "state", "since", "until", "proposed_by", "decided_by", "reason"]


class GrantInline(admin.TabularInline):  # type: ignore[type-arg]  # not subscriptable at run time
    model = RoleGrant
    fk_name = "user"
    extra = 0
    can_delete = False
    fields = [*GRANT_FIELDS]
    readonly_fields = GRANT_FIELDS

    def has_add_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False


class LeavingForm(forms.Form):
    """Why an account closes and who takes over."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)
    successor = forms.ModelChoiceField(
        User.objects.active(), label=_("Takes over the work"), required=False
    )


@admin.register(User)
class UserAdmin(AskedAsOffered, AddOnly):
    """People come by invitation and leave by closing the account."""

    list_display = ["full_name", "email", "agency", "is_active", "joined_at", "left_at"]
    list_filter = ["agency", "is_active", "grants__role"]
    search_fields = ["full_name", "email"]
    fields = [
        "full_name", "email", "agency", "language", "is_active", "joined_at", "left_at",
        "successor", "last_login",
    ]  # fmt: skip
    inlines = [GrantInline]
    actions_detail = ["close_account"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    @action(description=_("Close the account"), url_path="close")
    def close_account(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Asks for the reason and the successor, then ends sessions, tokens and roles."""
        person = User.objects.get(pk=object_id)
        form = LeavingForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            _try(
                request,
                lambda: actions.deactivate_user(
                    user=person, actor=request.user, **form.cleaned_data
                ),
            )
            return redirect("admin:accounts_user_change", object_id)
        return _form_page(self, request, form, _("Close the account of %s") % person)


class InvitationForm(forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """First step of an invitation."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Invitation
        fields = ["email", "full_name", "agency", "roles", "language", "reason"]


@admin.register(Invitation)
class InvitationAdmin(AddOnly):
    form = InvitationForm
    list_display = [
        "full_name", "email", "agency", "state", "invited_by", "approved_by", "expires_at",
    ]  # fmt: skip
    list_filter = ["state", "agency"]
    search_fields = ["full_name", "email"]
    fields = ["email", "full_name", "agency", "roles", "language", "reason"]
    actions_detail = ["approve", "withdraw"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        made = actions.propose_invitation(actor=request.user, **form.cleaned_data)
        obj.pk = made.pk

    @action(description=_("Approve and send"), url_path="approve")
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The second person has the link sent, to the invited address and nowhere else."""
        invitation = Invitation.objects.get(pk=object_id)
        if request.method != "POST":
            return _form_page(self, request, forms.Form(), INVITATIONS.moves["approve"].label)
        base = request.build_absolute_uri("/")
        _try(
            request,
            lambda: actions.approve_invitation(
                invitation=invitation, actor=request.user, base_url=base
            ),
        )
        return redirect("admin:accounts_invitation_change", object_id)

    @action(description=_("Withdraw the invitation"), url_path="withdraw")
    def withdraw(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Takes an invitation back."""
        return _move_page(self, request, INVITATIONS, "withdraw", object_id)


@admin.register(RoleGrant)
class RoleGrantAdmin(AddOnly):
    list_display = ["user", "role", "state", "proposed_by", "decided_by", "since", "until"]
    list_filter = ["role", "state", "user__agency"]
    search_fields = ["user__full_name", "user__email", "reason"]
    fields = ["user", "role", "reason"]
    autocomplete_fields = ["user"]
    actions_detail = ["approve", "refuse", "propose_end", "confirm_end"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001 - Django's signature
        made = actions.propose_role(actor=request.user, **form.cleaned_data)
        obj.pk = made.pk

    @action(description=_("Approve the role"), url_path="approve")
    def approve(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The second person's yes."""
        return self._decide(request, object_id, "approve")

    @action(description=_("Refuse the role"), url_path="refuse")
    def refuse(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The second person's no, with a reason."""
        return self._decide(request, object_id, "refuse")

    @action(description=_("Propose to end the role"), url_path="propose-end")
    def propose_end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """First step of an end."""
        return self._decide(request, object_id, "propose_end")

    @action(description=_("End the role"), url_path="confirm-end")
    def confirm_end(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Second step of an end."""
        return self._decide(request, object_id, "confirm_end")

    def _decide(self, request: HttpRequest, object_id: str, verb: str) -> HttpResponse:
        grant = RoleGrant.objects.get(pk=object_id)
        asks = ReasonForm if "reason" in GRANTS.moves[verb].needs else forms.Form
        form = asks(request.POST if request.method == "POST" else None)
        # Never on GET: a link that a proposer sends would make the second person decide.
        if form.is_valid():
            given = {"reason": form.cleaned_data.get("reason", "")}
            _try(
                request,
                lambda: actions.decide_grant(grant=grant, verb=verb, actor=request.user, **given),
            )
            return redirect("admin:accounts_rolegrant_change", object_id)
        return _form_page(self, request, form, GRANTS.moves[verb].label)


class ReasonForm(forms.Form):
    """One reason."""

    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea)


@admin.register(ApiToken)
class ApiTokenAdmin(AskedAsOffered, ModelAdmin):
    """Tokens can be seen and taken away here; they are issued by the command, shown once."""

    list_display = ["token_key", "user", "label", "read_only", "created", "expiry", "last_used_at"]
    list_filter = ["read_only", "user__agency"]
    search_fields = ["user__email", "user__full_name", "label"]

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _obj: Any = None) -> bool:
        return False

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        record("accounts.token.revoke", obj.user, actor=request.user, facts={"key": obj.token_key})
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> None:
        for token in queryset:
            self.delete_model(request, token)


def _try(request: HttpRequest, act: Any) -> Any:
    try:
        return act()
    except PortalError as error:
        messages.error(request, str(error))
        return None


def _move_page(
    page: Any, request: HttpRequest, flow: Any, verb: str, object_id: str
) -> HttpResponse:
    form = ReasonForm(request.POST or None)
    subject = flow.model.objects.get(pk=object_id)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        _try(request, lambda: flow.make(verb, subject, actor=request.user, reason=reason))
        return redirect(f"admin:{flow.model._meta.label_lower.replace('.', '_')}_change", object_id)
    return _form_page(page, request, form, flow.moves[verb].label)


def _form_page(page: Any, request: HttpRequest, form: forms.Form, title: Any) -> HttpResponse:
    context = {**page.admin_site.each_context(request), "form": form, "title": title}
    return render(request, "admin/accounts/ask.html", context)

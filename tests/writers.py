"""The table of everything in the product that writes rows, and the guard that each place stands behind."""

# What writes: functions of the product, and methods of rows, querysets, links and cursors.
WRITERS = {"record", "record_all", "record_quietly", "insert_quickly", "update_quickly"}
WRITING_METHODS = {
    "save", "create", "get_or_create", "update_or_create", "bulk_create", "bulk_update", "update", "delete",
    "set", "add", "remove", "clear", "execute", "executemany", "copy", "raw",
}  # fmt: skip

# What a place asks before it writes. Each locks the plan (or the row) first, asks who, then whether.
GUARDS = {
    "may_bring_payroll": "who brings payroll: of placements of customers whom one sees, locked and looked at again",
    "check": "this transition, by this person, from this state",
    "for_changing": "a draft is open, and a planner of the customer",
    "for_recording": "the plan is open, and a planner of the customer",
    "item_for_saving": "bound values in a draft, free ones in an open plan, and nothing was changed meanwhile",
    "require_editor": "a planner of the customer; there is no plan yet, or the rows are the customer's own",
    "require_actor": "a planner of the customer, the plan locked",
    "locked": "the request still waits, or the signing at the desk is not over",
    "locked_link": "the link locked, which still waits for its supervisor",
    "locked_services": "the plans locked in one order; then of each whether it is open, and a planner of the customer",
    "locked_request": "a planner of the customer, the plan locked; the version waits for its customer",
    "waiting_request": "the version waits for its customer, who it is, the plan locked",
    "undecided": "a planner of the customer, the plan locked; the proposal still waits",
    "own_step": "a step of one's own in one's own open plan, both locked",
    "for_answering": "the customer or a planner of the customer, the plan and the review locked, and it is not over",
    "finish_own_step": "as own_step",
    "save_step": "as item_for_saving",
    "lock_plan": "the plan locked, then what is written is looked at again",
    "select_for_update": "the row locked, then looked at again",
    "may_add": "a planner of the office, statewide staff or an administrator",
    "may_merge": "statewide staff, who see every region",
    "require_keeper": "who keeps the list: of providers statewide staff and administrators, the catalog administrators",
    "locked_follow_up": "a planner of the customer, the plan and the follow-up locked; its placement has begun",
    "require_keeper_of_places": "a planner of the region, or who sees every region; then the row above it locked",
    "locked_section": "nobody changed the section meanwhile, it and the customer locked; after who may fill it",
    "locked_record": "who keeps the customer's record, the row locked",
    "locked_enrollment": "who keeps the customer's record, it and the enrollment locked",
}


class Asks(str):
    """The function calls this guard itself."""


class Behind(frozenset):
    """The function has no guard of its own: these are all that call it, and each stands in the table or asks."""

    def __new__(cls, *callers: str):
        return super().__new__(cls, callers)


class NoPlan(str):
    """Nothing of a plan is written; why."""


CHANGE, RECORD, ITEM, EDITOR = (
    Asks("for_changing"),
    Asks("for_recording"),
    Asks("item_for_saving"),
    Asks("require_editor"),
)
CHECK, LOCK = Asks("check"), Asks("lock_plan")
PLACES = Asks("require_keeper_of_places")
LIST = NoPlan("a list that an administrator keeps")
ONET = NoPlan("what a release of O*NET says, imported by whoever runs the installation's commands")
DEMO = NoPlan("the demo people and made-up customers, who are new; trial and development only")
TRIGGERS = NoPlan("for migrations")
OF_THE_ROW = NoPlan("called of the row by rows.record_removal and record_return, which are in this table")
VALUES = NoPlan("a dictionary or a list, or a file")

PLACES: dict[str, Asks | Behind | NoPlan] = {
    # the ground: what writes any row, for those below
    "careerplan.base.history.tracking.record": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.tracking.record_together": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.tracking.record_all": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.tracking.record_quietly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.insert_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.database.update_quickly": NoPlan("writes for its callers, who are all in this table"),
    "careerplan.base.history.rows.History.create_historical_record": NoPlan("history rows"),
    "careerplan.base.admin.TrackedAdmin.save_model": LIST,
    "careerplan.base.admin.TrackedAdmin.save_formset": LIST,
    "careerplan.base.drafts.keep": NoPlan("what a person typed into a form"),
    "careerplan.base.drafts.make_room": NoPlan("what a person typed into a form"),
    "careerplan.base.drafts.drop": NoPlan("what a person typed into a form"),
    "careerplan.base.logs.request_named": VALUES,
    "careerplan.base.patience.patience": VALUES,
    "careerplan.accounts.hashing.asked_by": VALUES,
    "careerplan.base.health.register": VALUES,
    "careerplan.base.health.probes.database_answers": NoPlan("asks whether the database answers"),
    "careerplan.base.fresh.make_tables": TRIGGERS,
    "careerplan.base.health.probes.migrations_are_applied": VALUES,
    "careerplan.base.health.servers.look_at_clock": NoPlan("asks the database for its time"),
    "careerplan.base.health.heartbeat.beat": NoPlan("that work is done behind the pages"),
    "careerplan.base.health.alarm.take": NoPlan("what a look at a check found"),
    "careerplan.base.health.alarm.give_back": NoPlan("what a look at a check found"),
    "careerplan.base.health.tidying.clear": NoPlan("sessions, drafts of forms, and that forms were saved"),
    "careerplan.base.once.once": NoPlan("that a form was saved"),
    "careerplan.base.once.digest_of": VALUES,
    "careerplan.base.prepared.Prepared.ask": NoPlan("it reads"),
    "careerplan.base.together.PreparedTogether.read": NoPlan("it reads"),
    "careerplan.base.forms.RowForm.refuse": VALUES,
    "goals.fit.forms.RateForm.tell_differing": VALUES,
    "services.attendance.class_forms.ClassForm.tell": VALUES,
    "careerplan.base.forms.PageForm.leave_out": VALUES,
    "careerplan.base.keyset.address": VALUES,
    "careerplan.base.files.FileStorage._save": VALUES,
    "careerplan.base.files.GoesWithTransaction.commit": VALUES,
    "careerplan.base.files.remove_lost": VALUES,
    "careerplan.base.files.remove_orphans": NoPlan("files that belong to no row"),
    "careerplan.base.clock.ask_through": NoPlan("asks the database's clock"),
    "careerplan.environment.refuse_faults": VALUES,
    "careerplan.base.database.keep_rows": TRIGGERS,
    "careerplan.base.database.refuse_deletion": TRIGGERS,
    "careerplan.base.database.refuse_emptying": TRIGGERS,
    "careerplan.base.database.same_plan": TRIGGERS,
    "careerplan.base.database.same_plan_link": TRIGGERS,
    "careerplan.base.database.drop_same_plan": TRIGGERS,
    "careerplan.base.database.refuse": TRIGGERS,
    "careerplan.base.database.refuse_at_commit": TRIGGERS,
    "careerplan.base.database.allow": TRIGGERS,
    "careerplan.base.database.drop_trigger": TRIGGERS,
    "careerplan.base.database.plain_collation": TRIGGERS,
    "careerplan.base.database.without_time_limit": TRIGGERS,
    "careerplan.base.database.allow_seconds": NoPlan("a limit of time"),
    "careerplan.base.letters.index_letters": TRIGGERS,
    "careerplan.base.letters.forget_letters": TRIGGERS,
    "careerplan.base.letters.has_table": NoPlan("it reads"),
    "careerplan.base.altering.AlterGuardedField.database_forwards": TRIGGERS,
    "careerplan.base.altering.AddConstraintBeside.database_forwards": TRIGGERS,
    "careerplan.base.altering.AddConstraintBeside.has": TRIGGERS,
    "careerplan.base.altering.is_ready": TRIGGERS,
    "careerplan.base.altering.patient": TRIGGERS,
    "careerplan.management.commands.migrate.tell": TRIGGERS,
    "customers.models.daily_list.keep_ends": NoPlan("derived from the customer's enrollments"),
    "customers.actions.leave_daily_list": NoPlan("derived from the customer's enrollments, and the day"),
    "careerplan.accounts.scope.ScopeMiddleware.__call__": VALUES,
    "careerplan.base.readonly.writing_all_the_same": VALUES,
    "careerplan.privileges.grant": NoPlan("what the product's role may do at the database; its owner alone can"),
    "careerplan.privileges.refuse_unfit": NoPlan("reads the role"),
    "careerplan.privileges.never_changed": NoPlan("reads the guards"),
    "careerplan.privileges.where": NoPlan("reads the names of schema and database"),
    "careerplan.rights.asked": NoPlan("reads what the role may do"),
    "careerplan.rights.tables_beyond": NoPlan("reads what the role may do"),
    "acknowledgments.proof.guards.ask": NoPlan("reads the guards"),
    "acknowledgments.proof.daily.add": VALUES,
    "acknowledgments.proof.daily.keep": NoPlan("the digest of a day that is over"),
    "customers.models.people.read_scope": VALUES,
    "customers.opening.pdf.each_once": VALUES,
    "customers.search.phone_words": VALUES,
    "customers.doubles.Found.__init__": VALUES,
    "careerplan.base.sqlite.base.SchemaEditor._remake_table": TRIGGERS,
    # people and messages
    "careerplan.accounts.language.choose_language": NoPlan("a person"),
    "careerplan.accounts.actions.save_person": NoPlan("a person"),
    "careerplan.accounts.actions.follow_sign_in": NoPlan("a person, and the address in the customer's record"),
    "careerplan.accounts.actions.send_again": NoPlan("a message"),
    "careerplan.accounts.actions.send_link_to_password": NoPlan("a person"),
    "careerplan.accounts.actions.note_bounce": NoPlan("a person"),
    "careerplan.accounts.actions.note_arrival": NoPlan("a person"),
    "careerplan.accounts.language.follow_language": NoPlan("the language in the customer's record"),
    "careerplan.accounts.tries.add": NoPlan("counts of tries to sign in"),
    "careerplan.accounts.tries.forget": NoPlan("counts of tries to sign in"),
    "careerplan.accounts.tries.clear_old": NoPlan("counts of tries to sign in"),
    "careerplan.accounts.forms.AddPersonForm.save": NoPlan("a person"),
    "careerplan.accounts.telling.put_into_outbox": NoPlan("an e-mail"),
    "careerplan.accounts.telling.tell_of_new_password": NoPlan("e-mails"),
    "careerplan.accounts.models.UserManager.create_user": NoPlan("a person"),
    "careerplan.messaging.actions.put_up_all": NoPlan("a message"),
    "careerplan.messaging.actions.mark_all_read": NoPlan("messages"),
    "careerplan.messaging.actions.tell_also": NoPlan("e-mails"),
    "careerplan.messaging.actions.put_up_texts": NoPlan("text messages"),
    "careerplan.messaging.choices.choose": NoPlan("a person, and when e-mails leave"),
    "customers.reminders.find": NoPlan("of what people are to be reminded"),
    "customers.reminders.tell_some": NoPlan("of what people were reminded"),
    "customers.absences.go_away": NoPlan("when a person is away"),
    "customers.absences.come_back": NoPlan("when a person is away"),
    "customers.absences.StandingIn.hand_over": NoPlan("who reads for a person who is away"),
    "customers.threads.follow": NoPlan("that an upload, which asks, came with a message"),
    "careerplan.messaging.actions.settle_rows": NoPlan("messages"),
    # files of rows that somebody brought; what they write of customers stands below
    **{
        f"careerplan.imports.{place}": NoPlan("rows of a file, before they are anybody's record")
        for place in (
            "actions.keep",
            "actions.map_columns",
            "actions.mend",
            "actions.leave_out",
            "actions.leave_out_waiting",
            "actions.Others.look_again",
            "actions.unread",
            "actions.note_changes",
            "actions.confirm",
            "actions.throw_away",
            "checking.check",
            "saving.save",
            "saving.write",
            "saving.give_back",
        )
    },
    "careerplan.imports.saving.it_is_our_turn": NoPlan("asks the database for a lock"),
    "careerplan.imports.forms.MendForm.compare": VALUES,
    "careerplan.imports.seen.Touched.touch": VALUES,
    "customers.import_cells.choices_by_words": VALUES,
    "acknowledgments.agreement.known_readiness.known_readiness": NoPlan("a number in the cache"),
    "careerplan.base.outbox.OutgoingQuerySet.try_again": NoPlan("an e-mail"),
    "careerplan.base.outbox.Outgoing.claim": NoPlan("an e-mail"),
    "careerplan.base.outbox.Outgoing.mark": NoPlan("an e-mail"),
    # work that is handed over
    "acknowledgments.approvals.duty.Approvals.hand_over": Asks("select_for_update"),
    # customers
    "customers.notes.actions.edit_note": EDITOR,
    "customers.notes.actions.add_addendum": EDITOR,
    "customers.notes.actions.pin_note": EDITOR,
    "customers.notes.actions.unpin_note": EDITOR,
    "customers.notes.matters.register": VALUES,
    "customers.notes.matters.register_offer": VALUES,
    "customers.actions.write_case_note": Behind(
        "customers.actions.add_case_note",
        "customers.merging.note_merge",
        "customers.separating.note_separation",
        "acknowledgments.agreement.sending.keep_review",
        "acknowledgments.agreement.reviews.review_without_customer",
        "acknowledgments.agreement.declining.decline",
        "goals.fit.outside.record_outside",
    ),
    "customers.actions.save_assessment": EDITOR,
    "customers.actions.save_needs": EDITOR,
    "customers.sections.forms.SectionForm.renew": VALUES,
    "customers.sections.defining.add_question": LIST,
    "customers.sections.defining.begin_wording": LIST,
    "customers.sections.defining.reword": Asks("select_for_update"),
    "customers.sections.filling.fill": Asks("locked_section"),
    "customers.sections.filling.keep_section": Behind(
        "customers.sections.filling.fill", "customers.sections.confidential.fill_confidential"
    ),
    "customers.sections.filling.review": Asks("locked_section"),
    "customers.sections.filling.complete": Asks("locked_section"),
    "customers.sections.filling.reopen": Asks("locked_section"),
    "customers.sections.confidential.look": NoPlan("that somebody looks at confidential answers"),
    "customers.sections.confidential.fill_confidential": Asks("locked_section"),
    "customers.sections.confidential.review_confidential": Asks("locked_section"),
    "customers.deadlines.register": VALUES,
    "customers.deadlines.register_reminded": VALUES,
    "careerplan.pages.caseload.facts.read_facts": VALUES,
    "careerplan.pages.today.views.numbers": NoPlan("the numbers of a header, in the cache"),
    "customers.calendar_feeds.make_feed": NoPlan("the address of a person's own calendar"),
    "customers.calendar_feeds.end_feed": NoPlan("the address of a person's own calendar"),
    "customers.saved_views.save_view": NoPlan("a person's own view of the list"),
    "customers.saved_views.remove_view": NoPlan("a person's own view of the list"),
    "customers.actions.write_summary": EDITOR,
    "acknowledgments.paper.direction.tell_direction": VALUES,
    "customers.opening.pictures.jpeg_of": VALUES,
    "customers.opening.pictures.pdf_of_pages": VALUES,
    "customers.opening.pictures.pdf_of_page": VALUES,
    "customers.opening.pictures.printable": VALUES,
    "customers.actions.store": Behind("customers.actions.upload_file", "customers.actions.file_by_system"),
    "customers.models.search_words.SearchWordQuerySet.keep": NoPlan("derived from the customer's row"),
    "customers.actions.save_customer": LIST,
    "customers.adding.add_customers": Asks("may_add"),
    "customers.merging.merge": Asks("may_merge"),
    "customers.separating.separate": Asks("may_merge"),
    "customers.merging.settle_sign_ins": Behind("customers.merging.merge"),
    "customers.merging.record_off": Behind("customers.merging.settle_sign_ins"),
    "customers.merging.pass_messages": NoPlan("messages"),
    "customers.merging.close": Behind("customers.merging.merge"),
    "customers.models.people.Customer.keep_derived": NoPlan("derived from the record that goes on"),
    "customers.inviting.invite": Asks("locked_record"),
    "customers.correcting.correct_record": Asks("locked_record"),
    "customers.reassigning.reassign": Asks("locked_record"),
    "customers.enrolling.enroll": Asks("locked_record"),
    "customers.enrolling.change_status": Asks("locked_enrollment"),
    "customers.enrolling.end_enrollment": Asks("locked_enrollment"),
    "customers.duties.Caseload.hand_over": Asks("select_for_update"),
    "customers.duties.Inbox.hand_over": NoPlan("messages"),
    "careerplan.beginning.actions.write_one": NoPlan("what a state begins with, on an empty installation"),
    "careerplan.beginning.actions.wait_for_others": NoPlan("waits for whoever begins at once"),
    "customers.staffing.give": NoPlan("what staff see and manage"),
    "customers.staffing.settle_rows": NoPlan("what staff see and manage"),
    "customers.agency.save_entry": LIST,
    "customers.handing_over.hand_over": Asks("select_for_update"),
    "customers.undelivered.report_next_letter": NoPlan("an e-mail"),
    "customers.undelivered.report_next": Asks("select_for_update"),
    # plans
    "careerplan.plans.actions.start_plan": EDITOR,
    "careerplan.plans.actions.move_legacy_plan": Behind("careerplan.plans.actions.start_plan"),
    "careerplan.plans.actions.register_legacy_plan": EDITOR,
    "careerplan.plans.actions.begin_version": Behind(
        "careerplan.plans.actions.start_plan",
        "careerplan.plans.actions.open_review",
        "goals.actions.join_or_open_draft",
    ),
    "careerplan.plans.actions.follow_enrollments": Behind(
        "careerplan.plans.actions.begin_version",
        "acknowledgments.agreement.sending.copy_to_seal",
    ),
    "careerplan.plans.barriers.save_barrier": ITEM,
    "careerplan.plans.rows.record_removal": Behind(
        "careerplan.plans.rows.take_out", "acknowledgments.agreement.restoring.take_added_out"
    ),
    "careerplan.plans.rows.record_return": Behind(
        "careerplan.plans.rows.put_back", "acknowledgments.agreement.restoring.put_back"
    ),
    "careerplan.plans.models.items.Barrier.relate": Behind(
        "careerplan.plans.models.items.Barrier.let_go", "careerplan.plans.models.items.Barrier.take_up_again"
    ),
    "careerplan.plans.barriers.note_on_plan": CHANGE,
    "careerplan.plans.actions.end_plan": Behind(
        "careerplan.plans.actions.close_plan", "acknowledgments.agreement.declining.decline"
    ),
    "careerplan.plans.loose_ends.tie_up": Behind("careerplan.plans.actions.close_plan"),
    "careerplan.plans.transitions.move_all": Behind(
        "careerplan.plans.transitions.move", "acknowledgments.agreement.activation.activate"
    ),
    # goals
    "goals.actions.save_goal": ITEM,
    "goals.answering.keep_links": Behind("goals.actions.save_goal"),
    "goals.actions.start_goal_of": Behind("services.actions.save_service"),
    "goals.actions.set_career_goal": ITEM,
    "goals.steps.save_step": ITEM,
    "goals.steps.finish_own_step": Asks("own_step"),
    "goals.steps.take_own_done_back": Asks("own_step"),
    "goals.progress.saying.take_setbacks_along": Behind("acknowledgments.agreement.goal_change.change_employment_goal"),
    "goals.proposing.actions.propose_step": Asks("require_actor"),
    "goals.proposing.actions.decide": Behind(
        "goals.proposing.actions.accept_proposal",
        "goals.proposing.actions.decline_proposal",
        "goals.proposing.actions.take_back_proposal",
    ),
    "goals.proposing.actions.take_proposals_along": Behind(
        "acknowledgments.agreement.goal_change.change_employment_goal"
    ),
    "goals.proving.actions.keep_proofs": Behind(
        "goals.proving.actions.finish_own_step_with_proof", "goals.proving.actions.finish_step_with_proof"
    ),
    "goals.actions.save_career_path": EDITOR,
    "goals.fit.actions.begin": CHANGE,
    "goals.fit.actions.ask_customer": CHANGE,
    "goals.fit.actions.add_step": CHANGE,
    "goals.fit.actions.rate": Asks("for_answering"),
    "goals.fit.actions.end_reviews_of_others": Behind(
        "goals.actions.set_career_goal", "goals.actions.remove_career_goal"
    ),
    "goals.fit.outside.record_outside": CHANGE,
    # services
    "services.actions.add_service": ITEM,
    "services.actions.save_service": ITEM,
    "services.actions.link_barriers": Behind("services.actions.save_service"),
    "services.classes.actions.save_detail": Behind("services.actions.save_service"),
    "services.classes.apprenticeship.actions.save_wage_steps": Behind("services.classes.actions.save_detail"),
    "services.actions.change_funding": RECORD,
    "services.credentials.actions.add_credential": EDITOR,
    "services.credentials.actions.correct_credential": EDITOR,
    "services.providers.actions.written": Behind(
        "services.providers.actions.keep_provider",
        "services.providers.actions.keep_program",
        "services.providers.actions.keep_credential",
    ),
    "services.providers.actions.end_entries": Asks("require_keeper"),
    "services.catalog.actions.save_entries": Asks("require_keeper"),
    "services.catalog.actions.end_offers": Asks("require_keeper"),
    "services.catalog.views.turns": NoPlan("it reads"),
    "services.costs.actions.plan_cost": RECORD,
    "services.costs.actions.obligate": RECORD,
    "services.costs.payments.pay_at_once": RECORD,
    "services.costs.actions.pay": EDITOR,
    "services.costs.actions.void": EDITOR,
    # payroll: of placements, and in no plan
    "worksites.payroll.actions.take_over": Asks("may_bring_payroll"),
    "worksites.payroll.actions.withdraw": Asks("may_bring_payroll"),
    # placements: the plan locked, then the job, then the placement
    "worksites.placements.adding.add_placement": RECORD,
    "worksites.placements.moving.move_placement": EDITOR,
    "worksites.placements.correcting.save_placement": EDITOR,
    "worksites.placements.paying.change_wage": EDITOR,
    "worksites.placements.holds.keep_former_hold": Behind("worksites.placements.moving.move_placement"),
    "worksites.placements.holds.correct_former_holds": Behind("worksites.placements.correcting.save_placement"),
    "worksites.placements.paying.keep_wage_from_the_start": Behind(
        "worksites.placements.moving.move_placement", "worksites.placements.correcting.save_placement"
    ),
    "worksites.placements.days.note_status": Behind(
        "worksites.placements.adding.add_placement",
        "worksites.placements.moving.move_placement",
        "worksites.placements.correcting.save_placement",
    ),
    "worksites.placements.days.note_corrected_hold": Behind("worksites.placements.correcting.save_placement"),
    "worksites.follow_ups.actions.keep_days_of_follow_ups": Behind(
        "worksites.placements.moving.move_placement", "worksites.placements.correcting.save_placement"
    ),
    "worksites.follow_ups.actions.do_follow_up": Asks("locked_follow_up"),
    "worksites.follow_ups.actions.correct_follow_up": Asks("locked_follow_up"),
    "worksites.follow_ups.actions.take_back_follow_up": Asks("locked_follow_up"),
    "worksites.wages.rises.note": Asks("select_for_update"),
    "worksites.wages.policy.decides": VALUES,
    # a supervisor is asked: the plan locked, then the placement or the link
    "worksites.evaluations.asking.ask": EDITOR,
    "worksites.evaluations.asking.take_back_dead": Behind("worksites.evaluations.asking.ask"),
    "worksites.evaluations.asking.take_back": EDITOR,
    "worksites.evaluations.undelivered.report_next_letter": NoPlan("that staff were told of an e-mail"),
    "worksites.evaluations.answering.tries_after": Asks("locked_link"),
    "worksites.evaluations.answering.evaluate": Asks("locked_link"),
    "worksites.evaluations.answering.confirm_hours": Asks("locked_link"),
    "worksites.placements.placing.OfPlacements.let_go": Asks("select_for_update"),
    "worksites.placements.placing.OfPlacements.take_up_again": Asks("select_for_update"),
    "worksites.placements.moving.withdraw": Asks("select_for_update"),
    "worksites.payroll.former.read_former": VALUES,
    "worksites.payroll.former.ids_of": VALUES,
    "worksites.payroll.former.names_of": VALUES,
    "worksites.placements.placing.OfPlacements.go_along": Asks("select_for_update"),
    # records of other systems: of a customer, and in no plan before a planner decides
    "services.feed.taking.take_part": Asks("select_for_update"),
    "services.feed.taking.settled": VALUES,
    "services.feed.mapping.map_code": NoPlan("what a source calls the services of the catalog"),
    "services.feed.taking.note_run": NoPlan("that records came"),
    "services.feed.deciding.settle": Behind(
        "services.feed.deciding.add_to_plan", "services.feed.deciding.link", "services.feed.deciding.ignore"
    ),
    "services.feed.deciding.put_back": EDITOR,
    "services.feed.deciding.note_seen": EDITOR,
    "services.feed.bringing.bring": NoPlan("a file that an administrator looks at before it is filed"),
    "services.feed.bringing.file_it": NoPlan("a file, once it was filed by others of this table"),
    "services.feed.bringing.throw_away": NoPlan("a file that is not filed"),
    "services.feed.tokens.make_token": NoPlan("the token of another system"),
    "services.feed.tokens.revoke_token": NoPlan("the token of another system"),
    "services.attendance.actions.record_class": Asks("locked_services"),
    # acknowledgments
    "acknowledgments.agreement.sending.send": CHECK,
    "acknowledgments.agreement.talking.ask_about_item": Asks("waiting_request"),
    "acknowledgments.agreement.talking.answer_question": EDITOR,
    "acknowledgments.agreement.sealing.seal_contents": Behind(
        "acknowledgments.agreement.sending.send",
        "acknowledgments.agreement.reviews.review_without_customer",
        "acknowledgments.agreement.sealing.keep_contents",
    ),
    "acknowledgments.agreement.sealing.order_paper": Behind(
        "acknowledgments.agreement.sending.send",
        "acknowledgments.agreement.signing.acknowledge",
        "acknowledgments.agreement.documents.record_agreement",
        "acknowledgments.agreement.reviews.review_without_customer",
    ),
    "acknowledgments.agreement.sending.recall": CHECK,
    "acknowledgments.agreement.sending.withdraw_request": Behind(
        "acknowledgments.agreement.sending.recall",
        "acknowledgments.agreement.documents.record_agreement",
        "acknowledgments.agreement.declining.decline",
    ),
    "acknowledgments.agreement.signing.note_opened": NoPlan("that the customer has seen the page, once"),
    "acknowledgments.agreement.signing.acknowledge": CHECK,
    "acknowledgments.desk.actions.show_code": Asks("locked_request"),
    "acknowledgments.desk.actions.hand_over": Asks("locked_request"),
    "acknowledgments.desk.actions.end_former": Behind(
        "acknowledgments.desk.actions.show_code", "acknowledgments.desk.actions.hand_over"
    ),
    "acknowledgments.desk.actions.open_with_code": Asks("locked"),
    "acknowledgments.desk.actions.confirmed": Behind(
        "acknowledgments.desk.actions.confirm_sign_in", "acknowledgments.desk.actions.confirm_birth_date"
    ),
    "acknowledgments.desk.actions.end": NoPlan("that nothing more comes of a signing at the desk"),
    "acknowledgments.desk.actions.note_signed": Behind("acknowledgments.agreement.signing.acknowledge"),
    "acknowledgments.agreement.signing.keep_evidence": Behind("acknowledgments.agreement.signing.acknowledge"),
    "acknowledgments.agreement.permissions.set_permission": Behind(
        "acknowledgments.agreement.permissions.authorise",
        "acknowledgments.agreement.permissions.take_permission_back",
        "acknowledgments.agreement.permissions.permit_steps_as_they_stand",
    ),
    "acknowledgments.agreement.documents.record_agreement": CHECK,
    "acknowledgments.agreement.documents.file_evidence": EDITOR,
    "acknowledgments.agreement.declining.note_unable": CHECK,
    "acknowledgments.agreement.reviews.keep_record": Behind(
        "acknowledgments.agreement.reviews.review_without_customer"
    ),
    "acknowledgments.filing.making.file_paper": NoPlan("a paper, which `finish` has locked"),
    "acknowledgments.filing.making.note_failure": NoPlan("a paper"),
    "acknowledgments.filing.making.make_waiting": VALUES,
    "acknowledgments.filing.making.tell_customer": LOCK,
    "acknowledgments.filing.making.try_again": EDITOR,
    "acknowledgments.filing.failed.make_again": Asks("select_for_update"),
    "acknowledgments.contents.changes.formers": VALUES,
    "acknowledgments.agreement.drafts.added_services": VALUES,
    "acknowledgments.paper.typesetting.with_header_scopes": VALUES,
    "acknowledgments.agreement.goal_change.Carrying.kind": Behind(
        "acknowledgments.agreement.goal_change.change_employment_goal"
    ),
    "acknowledgments.agreement.goal_change.Carrying.links": Behind(
        "acknowledgments.agreement.goal_change.change_employment_goal"
    ),
    "acknowledgments.agreement.sealing.keep_contents": Behind(
        "acknowledgments.agreement.drafts.delete_draft", "acknowledgments.agreement.declining.decline"
    ),
    "acknowledgments.agreement.declining.restoring": Behind("acknowledgments.agreement.declining.decline"),
    "acknowledgments.agreement.restoring.restore": Behind(
        "acknowledgments.agreement.restoring.restore_agreed", "acknowledgments.agreement.drafts.recover_draft"
    ),
    "acknowledgments.agreement.restoring.follow_former": Behind("acknowledgments.agreement.restoring.restore"),
    "acknowledgments.views.requests.words_of": VALUES,
    "acknowledgments.approvals.requests.ask": EDITOR,
    "acknowledgments.approvals.requests.answer": Asks("locked"),
    "acknowledgments.approvals.requests.end": Behind(
        "acknowledgments.approvals.requests.answer", "acknowledgments.approvals.requests.withdraw"
    ),
    # the counts of the state
    "careerplan.reports.counting.count_state": NoPlan("derived from the rows of every floor"),
    "careerplan.reports.work.count_work": NoPlan("derived from what every floor says is due"),
    "careerplan.reports.work.counted_of": NoPlan("a question"),
    "careerplan.pages.today.calendar.calendar_of": NoPlan("the lines of a calendar"),
    "careerplan.pages.today.calendar.event": NoPlan("the lines of a calendar"),
    # the top
    "careerplan.pages.drafts.draft_drop": NoPlan("what a person typed into a form"),
    "careerplan.reference_rows.add_missing": LIST,
    "careerplan.reference_rows.add_named": LIST,
    "goals.onet.importing.release_row": ONET,
    "goals.onet.importing.Writer.retire": ONET,
    "goals.onet.importing.Writer.insert": ONET,
    "worksites.places.actions.save_employer": PLACES,
    "worksites.places.actions.save_worksite": PLACES,
    "worksites.places.actions.save_job": PLACES,
    "worksites.places.agreements.file_agreement": PLACES,
    "careerplan.demo.worksites.place_duke": DEMO,
    "careerplan.demo.build.found_or_made": DEMO,
    "careerplan.demo.build.build_person": DEMO,
    "careerplan.demo.build.build_customer": DEMO,
    "careerplan.demo.money.build_budgets": DEMO,
    "careerplan.demo.many.save": DEMO,
    "careerplan.demo.many.move_all": DEMO,
    "careerplan.demo.many.link_barriers": DEMO,
    "careerplan.demo.many.seal_all": DEMO,
    "careerplan.demo.many.ask_all": DEMO,
    "careerplan.demo.many.acknowledge_all": DEMO,
    "careerplan.demo.many.go_on": DEMO,
}  # fmt: skip

# Functions that write nothing themselves, or not without a guard, and call those above: what each asks.
CALLERS: dict[str, Asks | Behind | NoPlan] = {
    "careerplan.plans.transitions.move": Behind(
        "acknowledgments.agreement.sending.send",
        "acknowledgments.agreement.sending.recall",
        "acknowledgments.agreement.declining.decline",
        "acknowledgments.agreement.declining.note_unable",
        "acknowledgments.agreement.talking.disagree",
        "acknowledgments.agreement.drafts.delete_draft",
        "acknowledgments.agreement.drafts.recover_draft",
    ),
    "services.providers.actions.keep_provider": Asks("require_keeper"),
    "services.providers.actions.keep_program": Asks("require_keeper"),
    "services.providers.actions.keep_credential": Asks("require_keeper"),
    "services.feed.deciding.add_to_plan": RECORD,
    "services.feed.deciding.link": RECORD,
    "services.feed.deciding.ignore": EDITOR,
    "customers.merging.note_merge": Behind("customers.merging.merge"),
    "customers.separating.give_back": Behind("customers.separating.separate"),
    "customers.separating.note_separation": Behind("customers.separating.separate"),
    "services.models.PlannedService.take_along": NoPlan(
        "called of a row that was just made, by change_funding and Carrying.kind, which are in this table"
    ),
    "careerplan.plans.models.items.Barrier.let_go": OF_THE_ROW,
    "careerplan.plans.models.items.Barrier.take_up_again": OF_THE_ROW,
    "acknowledgments.agreement.restoring.put_back": Behind("acknowledgments.agreement.restoring.restore"),
    "acknowledgments.agreement.restoring.take_added_out": Behind("acknowledgments.agreement.restoring.restore"),
    "careerplan.plans.rows.put_back": CHANGE,
    "careerplan.plans.rows.take_out": Behind(
        "careerplan.plans.barriers.remove_barrier",
        "goals.actions.remove_goal",
        "goals.actions.remove_career_goal",
        "goals.steps.remove_step",
        "services.actions.remove_service",
    ),
    "customers.actions.add_case_note": EDITOR,
    "acknowledgments.desk.actions.confirm_sign_in": Asks("locked"),
    "acknowledgments.desk.actions.confirm_birth_date": Asks("locked"),
    "acknowledgments.agreement.sending.keep_review": Behind("acknowledgments.agreement.sending.send"),
    "acknowledgments.agreement.sending.copy_to_seal": Behind(
        "acknowledgments.agreement.sending.send",
        "acknowledgments.agreement.reviews.review_without_customer",
    ),
    "customers.actions.upload_file": EDITOR,
    "customers.actions.file_by_system": Behind("acknowledgments.filing.making.file_paper"),
    "careerplan.plans.actions.open_review": RECORD,
    "careerplan.plans.barriers.remove_barrier": CHANGE,
    "careerplan.plans.actions.close_plan": RECORD,
    "careerplan.plans.actions.write_in": RECORD,
    "goals.actions.join_or_open_draft": Behind("goals.actions.save_goal"),
    "goals.proposing.actions.accept_proposal": Asks("undecided"),
    "goals.proposing.actions.decline_proposal": Asks("undecided"),
    "goals.proposing.actions.take_back_proposal": Asks("require_actor"),
    "goals.proving.actions.finish_own_step_with_proof": Asks("finish_own_step"),
    "goals.proving.actions.finish_step_with_proof": Asks("save_step"),
    "goals.actions.remove_goal": CHANGE,
    "goals.actions.remove_career_goal": CHANGE,
    "goals.steps.remove_step": CHANGE,
    "services.actions.remove_service": CHANGE,
    "acknowledgments.agreement.activation.activate": Behind(
        "acknowledgments.agreement.signing.acknowledge",
        "acknowledgments.agreement.documents.record_agreement",
        "acknowledgments.agreement.reviews.review_without_customer",
    ),
    "acknowledgments.agreement.permissions.authorise": Behind(
        "acknowledgments.agreement.activation.activate", "acknowledgments.agreement.declining.note_unable"
    ),
    "acknowledgments.agreement.permissions.take_permission_back": Behind(
        "acknowledgments.agreement.sending.recall", "acknowledgments.agreement.declining.decline"
    ),
    "acknowledgments.agreement.permissions.permit_steps_as_they_stand": Behind(
        "acknowledgments.agreement.restoring.restore"
    ),
    "acknowledgments.filing.making.claim": Asks("select_for_update"),
    "acknowledgments.agreement.goal_change.change_employment_goal": RECORD,
    "acknowledgments.agreement.reviews.review_without_customer": CHECK,
    "acknowledgments.agreement.talking.disagree": CHECK,
    "acknowledgments.agreement.drafts.delete_draft": CHECK,
    "acknowledgments.agreement.drafts.recover_draft": CHECK,
    "acknowledgments.agreement.declining.decline": CHECK,
    "acknowledgments.agreement.restoring.restore_agreed": Behind(
        "acknowledgments.agreement.drafts.delete_draft", "acknowledgments.agreement.declining.decline"
    ),
    "acknowledgments.approvals.requests.withdraw": Asks("locked"),
}
TABLE = PLACES | CALLERS

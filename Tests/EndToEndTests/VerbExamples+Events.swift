extension VerbExamples {
    /// An event of the verb's own with two seats.
    private static let setUp = [
        #"events.create event={verb} title="Jazz night" starts=2099-12-24T20:00 time_zone=Europe/Berlin"#,
        "events.set-ticket-type event={verb} type=seat price=25.00 tax_rate=7 quota=2",
    ]

    /// Both seats in one order, held.
    private static let held =
        setUp + [
            #"events.hold event={verb} tickets=[{"type":"seat","attendee":"Bo Li"},{"type":"seat"}] customer=1 minutes=30"#
        ]

    private static let paid = held + ["events.pay {order}"]

    private static let waiting = held + ["events.join-waiting-list event={verb} type=seat customer=1"]

    static let events: [String: [String]] = [
        "events.create": setUp,
        "events.update": setUp + [
            #"events.update {verb} place="Town hall" notify=true sales_ends=2099-12-24T18:00 state=closed"#
        ],
        "events.show": setUp + ["events.show {verb}"],
        "events.list": setUp + ["events.list from=2099-01-01 state=on-sale limit=10"],
        "events.ticket-types": setUp + ["events.ticket-types {verb}"],
        "events.set-ticket-type": setUp + ["events.set-ticket-type event={verb} type=seat quota=3 per_order=2"],
        "events.cancel-event": paid + [#"events.cancel-event {verb} reason="The band is ill" refund=true"#],
        "events.hold": held,
        "events.pay": paid,
        "events.release": held + ["events.release {order}"],
        "events.tickets": paid + ["events.tickets {order}"],
        "events.reissue": paid + ["events.reissue {order}001"],
        "events.refund-ticket": paid + ["events.refund-ticket {order}001"],
        "events.sweep": ["events.sweep"],
        "events.check-in": paid + ["events.check-in event={verb} ticket={order}001 where=north"],
        "events.undo-check-in": paid + [
            "events.check-in event={verb} ticket={order}001", "events.undo-check-in {order}001",
        ],
        "events.attendees": paid + ["events.attendees {verb} search=bo state=valid limit=10"],
        "events.rename-attendee": paid + [#"events.rename-attendee {order}002 name="Ann Öz" email=ann@example.org"#],
        "events.join-waiting-list": waiting,
        "events.leave-waiting-list": waiting + ["events.leave-waiting-list event={verb} type=seat customer=1"],
        "events.waiting-list": waiting + ["events.waiting-list {verb} type=seat all=true limit=10"],
        "events.offer": waiting + ["events.release {order}", "events.offer {verb}"],
    ]
}

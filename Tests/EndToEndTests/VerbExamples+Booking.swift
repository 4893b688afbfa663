extension VerbExamples {
    private static let setUp = [
        #"booking.set-resource "Chair {verb}" capacity=2"#,
        #"booking.set-service {verb} duration=45 after=15 price=32.00 resources="Chair {verb}""#,
    ]

    /// A booking of the first of March, 10:00, with the verb's name for its ext.
    private static let booked =
        setUp + [
            #"order.register channel=booking ext={verb} details={"service":"{verb}","start":"2027-03-01T10:00"}"#
        ]

    private static let over =
        setUp + [
            #"order.register channel=booking ext={verb} details={"service":"{verb}","start":"2025-03-01T10:00"}"#
        ]

    static let booking: [String: [String]] = [
        "booking.services": setUp + ["booking.services limit=10"],
        "booking.set-service": setUp + [
            "booking.set-service yoga duration=60 seats=12 price=12.00 price_per=person tax_rate=7",
            "booking.set-service yoga clear=price,tax_rate active=false",
        ],
        "booking.resources": setUp + ["booking.resources limit=10"],
        "booking.set-resource": ["booking.set-resource Studio capacity=12 time_zone=Europe/Vienna"],
        "booking.hours": setUp + [#"booking.hours "Chair {verb}""#],
        "booking.set-hours": setUp + [
            #"booking.set-hours "Chair {verb}" days=mon,tue,wed open=09:00-12:00,13:00-18:00"#,
            #"booking.set-hours "Chair {verb}" days=2027-12-24 open="#,
            #"booking.set-hours "Chair {verb}" days=2027-12-24 usual=true"#,
            #"booking.set-hours "Chair {verb}" always=true"#,
        ],
        "booking.close": setUp + [
            #"booking.close resource="Chair {verb}" from=2027-08-01 to=2027-08-14 reason=Holidays"#
        ],
        "booking.reopen": ["booking.close from=2027-12-24T14:00 to=2027-12-26", "booking.reopen {made}"],
        "booking.closures": ["booking.closures limit=10"],
        "booking.availability": setUp + [
            "booking.availability {verb} from=2027-03-01 to=2027-03-01 party_size=2 limit=3"
        ],
        "booking.list": booked + ["booking.list day=2027-03-01", "booking.list resource=\"Chair {verb}\""],
        "booking.confirm": booked + ["booking.confirm ext={verb}"],
        "booking.reschedule": booked + [
            "booking.reschedule ext={verb} start=2027-03-02T16:00",
            #"booking.reschedule ext={verb} start=2027-03-02T17:00 resource="Chair {verb}" if_rev=2"#,
        ],
        "booking.cancel": booked + ["booking.cancel ext={verb}"],
        "booking.attend": over + ["booking.attend ext={verb}"],
        "booking.no-show": over + ["booking.no-show ext={verb}"],
    ]
}

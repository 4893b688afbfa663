extension VerbExamples {
    /// Those of the point of sale.
    static let pointOfSale: [String: [String]] = [
        "pos.set-register": [#"pos.set-register register={verb} name="Front till" location=Market prefix=A- next=100"#],
        "pos.registers": ["pos.set-register {verb}", "pos.registers location=Market limit=10"],
        "pos.open-day": ["pos.set-register {verb}", "pos.open-day register={verb} float=150.00"],
        "pos.close-day": ["pos.set-register {verb}", sale, "pos.close-day register={verb} counted=4.20"],
        "pos.day": ["pos.set-register {verb}", sale, "pos.day {verb}"],
        "pos.days": ["pos.set-register {verb}", "pos.close-day register={verb} counted=0.00", "pos.days {verb}"],
        "pos.receipt": [
            "pos.set-register {verb}", sale, "pos.receipt register={verb} receipt=1", "pos.receipt ext={verb}",
        ],
        "pos.refund": [
            "pos.set-register {verb}", sale,
            #"pos.refund register={verb} receipt=1 lines=[{"sku":"CAKE","quantity":1}] reason="stale" cashier=Mo"#,
        ],
        "pos.void": ["pos.set-register {verb}", sale, #"pos.void register={verb} receipt=1 reason="typed wrong""#],
        "pos.claim": [
            "pos.set-register {verb}", sale, "pos.claim register={verb} receipt=1 email=claimer@example.org",
        ],
        "pos.lookup": ["pos.lookup email=ann@example.org", "pos.lookup number=1"],
        "pos.set-card": ["pos.set-card customer=1 card=C-4711", "pos.lookup card=C-4711"],
        "pos.replay": [
            "pos.set-register {verb}",
            #"pos.replay sales=[{"ext":"q1","placed_at":"2026-11-21T09:00:00Z","total":"4.20","details":{"register":"{verb}"}}]"#,
        ],
    ]

    private static let sale =
        #"order.register channel=pos ext={verb} lines=[{"sku":"CAKE","name":"Cake","quantity":2,"unit_price":"4.20"}] details={"register":"{verb}"}"#
}

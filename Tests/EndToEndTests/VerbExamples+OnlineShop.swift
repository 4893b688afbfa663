extension VerbExamples {
    /// An order of two mugs, called after the verb.
    private static let sold =
        #"order.register channel=online-shop ext={verb} customer=1 lines=[{"sku":"MUG","quantity":2,"unit_price":"7.50"}]"#

    private static let shipped = [sold, "online-shop.ship ext={verb} carrier=DHL tracking=0034"]

    static let onlineShop: [String: [String]] = [
        "online-shop.ship": [sold, #"online-shop.ship ext={verb} lines=[{"sku":"MUG","quantity":1}] carrier=DHL"#],
        "online-shop.deliver": shipped + ["online-shop.deliver ext={verb} shipment=1"],
        "online-shop.fulfil": [sold, #"online-shop.fulfil ext={verb} lines=[{"line":1,"quantity":1}]"#],
        "online-shop.cancel-lines": [
            sold, #"online-shop.cancel-lines ext={verb} lines=[{"sku":"MUG","quantity":1}] reason="sold out""#,
        ],
        "online-shop.return": shipped + [
            #"online-shop.return ext={verb} lines=[{"sku":"MUG","quantity":1}] reason=broken"#
        ],
        "online-shop.receive": shipped + ["online-shop.return ext={verb}", "online-shop.receive ext={verb} return=1"],
        "online-shop.pay": [sold, "online-shop.pay ext={verb} amount=10.00 method=card reference=ch-1"],
        "online-shop.refund": [
            sold, "online-shop.pay ext={verb}",
            #"online-shop.refund ext={verb} lines=[{"sku":"MUG","quantity":1}] reason=late reference=re-1"#,
        ],
        "online-shop.show": [sold, "online-shop.show ext={verb}"],
        "online-shop.shipments": ["online-shop.shipments delivered=false limit=10"],
        "online-shop.orders": ["online-shop.orders fulfilment=unfulfilled,partial payment=paid limit=10"],
        "online-shop.products": ["online-shop.products archived=true"],
        "online-shop.set-product": [
            "online-shop.set-product sku=TEA name=Tea price=4.20 tax_rate=7",
            "online-shop.set-product TEA archived=true",
        ],
    ]
}

/// The texts of an order that do not depend on its buyer, ready to be bound.
struct RawWords {
    let ext = NumberedText(OrderText.ext)
    /// 32 bytes, as the product's SHA-256.
    let digest = NumberedText("digest-of-the-contents--########")
    let channel = NumberedText(OrderText.channel)
    let coupon = NumberedText(OrderText.coupon)
    let details = NumberedText(OrderText.details)
    let currency = NumberedText("EUR")
    let actor = NumberedText("operator")
    let kind = NumberedText("order")
    let state = NumberedText("confirmed")
    let channelState = NumberedText("paid")
    let mug = NumberedText("MUG")
    let mugName = NumberedText("Mug")
    let tea = NumberedText("TEA")
    let teaName = NumberedText("Green tea")
    let purpose = NumberedText("newsletter")
    let subscribed = NumberedText("subscribed")
    let checkout = NumberedText("checkout")
    let suppression = NumberedText("suppression")
    let wording = NumberedText(OrderText.wording)
    let custom = NumberedText("{}")
    let account = NumberedText("none")
    let orderRegistered = NumberedText("order.registered")
    let orderData = NumberedText(
        #"{"channel":"online-shop","total":"25.11","currency":"EUR","state":"confirmed"}"#)
    let couponRedeemed = NumberedText("coupon.redeemed")
    let couponData = NumberedText(#"{"code":"SAVE10","amount":"2.79","currency":"EUR"}"#)
    let customerCreated = NumberedText("customer.created")
    let customerData = NumberedText(#"{"source":"online-shop"}"#)
    let consentSubscribed = NumberedText("consent.subscribed")
    let consentData = NumberedText(#"{"purpose":"newsletter","wording":"v1","channel":"online-shop"}"#)
}

/// What every order comes to, in cents.
enum RawAmount {
    static let subtotal: Int64 = 27_90
    static let discount: Int64 = 2_79
    static let tax: Int64 = 2_92
    static let total: Int64 = 25_11
}

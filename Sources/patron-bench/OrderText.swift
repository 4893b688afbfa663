/// The words of the measured orders; see ``NumberedText`` for what stands for numbers.
enum OrderText {
    static let channel = "online-shop"
    static let ext = "web-########"
    static let coupon = "SAVE10"
    static let wording = "v1"

    static let knownEmail = "k%%%%%%%%@example.org"
    static let knownName = "Ann Known%%%%%%%%"
    static let knownPhone = "0170 %%%%%%%%"
    static let knownBuyer = #"{"email":"k%%%%%%%%@example.org","name":"Ann Known%%%%%%%%"}"#

    static let newEmail = "n%%%%%%%%@example.org"
    static let newName = "Kim Fresh%%%%%%%%"
    static let newPhone = "0171 %%%%%%%%"
    static let newBuyer = #"{"email":"n%%%%%%%%@example.org","name":"Kim Fresh%%%%%%%%","phone":"0171 %%%%%%%%"}"#

    static let details = #"{"payment":{"method":"card","state":"paid"},"shipping":{"method":"parcel"}}"#
    static let lines =
        #"[{"sku":"MUG","name":"Mug","quantity":2,"unit_price":"7.50","tax_rate":"19"},"#
        + #"{"sku":"TEA","name":"Green tea","quantity":1,"unit_price":"12.90","tax_rate":"7"}]"#

    /// The request for an order, as a line with its LF.
    static func request(isNew: Bool, hasConsent: Bool, channel: String = channel) -> String {
        let consent = hasConsent ? #" consent={"purpose":"newsletter","wording":"v1"}"# : ""
        return "order.register channel=\(channel) ext=\(ext) customer=\(isNew ? newBuyer : knownBuyer)"
            + " lines=\(lines) coupon=\(coupon)\(consent) details=\(details)\n"
    }
}

/// Through what an order came that was entered by hand.
enum Source: String, CaseIterable {
    case whatsapp
    case phone
    case market
    case letter
    case other

    /// Whether people speak there, so that nothing written shows what was agreed to.
    var isSpoken: Bool {
        switch self {
        case .phone, .market: true
        case .whatsapp, .letter, .other: false
        }
    }
}

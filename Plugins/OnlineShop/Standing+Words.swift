import ChannelKit

extension Payment.State {
    /// The state for people.
    func text(_ occasion: Occasion) -> String {
        switch self {
        case .pending: occasion.word(rawValue, de: "offen", tr: "bekliyor")
        case .authorized: occasion.word(rawValue, de: "autorisiert", tr: "onaylandı")
        case .partiallyPaid: occasion.word(rawValue, de: "teilweise bezahlt", tr: "kısmen ödendi")
        case .paid: occasion.word(rawValue, de: "bezahlt", tr: "ödendi")
        case .partiallyRefunded: occasion.word(rawValue, de: "teilweise erstattet", tr: "kısmen iade edildi")
        case .refunded: occasion.word(rawValue, de: "erstattet", tr: "iade edildi")
        case .failed: occasion.word(rawValue, de: "fehlgeschlagen", tr: "başarısız")
        case .voided: occasion.word(rawValue, de: "hinfällig", tr: "geçersiz")
        }
    }
}

extension Fulfilment.State {
    /// The state for people.
    func text(_ occasion: Occasion) -> String {
        switch self {
        case .unfulfilled: occasion.word(rawValue, de: "noch nicht geliefert", tr: "henüz gönderilmedi")
        case .partial: occasion.word(rawValue, de: "teilweise geliefert", tr: "kısmen gönderildi")
        case .fulfilled: occasion.word(rawValue, de: "geliefert", tr: "gönderildi")
        case .partiallyReturned: occasion.word(rawValue, de: "teilweise zurückgegeben", tr: "kısmen iade edildi")
        case .returned: occasion.word(rawValue, de: "zurückgegeben", tr: "iade edildi")
        case .cancelled: occasion.word(rawValue, de: "storniert", tr: "iptal edildi")
        }
    }
}

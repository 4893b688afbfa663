internal import Registry

/// What the registry's own words are called on a sheet.
extension SheetLanguage {
    func name(of state: OrderState) -> String {
        switch state {
        case .open: pick("offen", "açık", "open")
        case .confirmed: pick("bestätigt", "onaylandı", "confirmed")
        case .completed: pick("abgeschlossen", "tamamlandı", "completed")
        case .cancelled: pick("storniert", "iptal edildi", "cancelled")
        case .refunded: pick("erstattet", "iade edildi", "refunded")
        case .expired: pick("verfallen", "süresi doldu", "expired")
        }
    }

    func name(of status: CustomerStatus) -> String {
        switch status {
        case .active: pick("aktiv", "etkin", "active")
        case .disabled: pick("deaktiviert", "devre dışı", "disabled")
        case .denied: pick("abgelehnt", "engellendi", "denied")
        case .erased: pick("gelöscht", "silindi", "erased")
        }
    }

    func name(of account: AccountState) -> String {
        switch account {
        case .none: pick("keines", "yok", "none")
        case .invited: pick("eingeladen", "davet edildi", "invited")
        case .unconfirmed: pick("unbestätigt", "onaylanmadı", "unconfirmed")
        case .active: pick("aktiv", "etkin", "active")
        }
    }

    func name(of purpose: ConsentPurpose) -> String {
        switch purpose {
        case .newsletter: pick("Newsletter", "E-bülten", "Newsletter")
        case .sms: pick("SMS", "SMS", "SMS")
        case .phone: pick("Telefonwerbung", "Telefonla tanıtım", "Telephone")
        case .post: pick("Werbung per Post", "Postayla tanıtım", "Post")
        }
    }

    func name(of status: ConsentStatus) -> String {
        switch status {
        case .pending: pick("noch nicht bestätigt", "onay bekliyor", "not confirmed yet")
        case .subscribed: pick("eingewilligt", "izin verildi", "subscribed")
        case .unsubscribed: pick("nicht eingewilligt", "izin yok", "unsubscribed")
        case .bounced: pick("nicht zustellbar", "ulaştırılamadı", "bounced")
        case .erased: pick("gelöscht", "silindi", "erased")
        }
    }

    private func pick(_ german: String, _ turkish: String, _ english: String) -> String {
        switch self {
        case .german: german
        case .turkish: turkish
        case .english: english
        }
    }
}

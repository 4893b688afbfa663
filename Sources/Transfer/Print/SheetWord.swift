/// What a sheet says of itself, in each of its languages.
enum SheetWord {
    case customer, customerNumber, name, company, email, phone, country, language, vatID, taxExempt, birthday, since
    case status, account, groups, tags, yes, addresses, shippingAddress, billingAddress
    case orders, total, totals, noOrders, date, order, channel, state, amount, coupon, discount, tax, paid, refunded
    case returned, testOrder, quantity, unitPrice, subtotal, coupons, value, validUntil, used, consent, stateSince,
        wording
    case evidence, actor, notes, denied, printed, timeline, entry, source

    func text(_ language: SheetLanguage) -> String {
        let (german, turkish, english) = texts
        return switch language {
        case .german: german
        case .turkish: turkish
        case .english: english
        }
    }

    private var texts: (String, String, String) {
        switch self {
        case .customer: ("Kundenblatt", "Müşteri formu", "Customer sheet")
        case .customerNumber: ("Kundennummer", "Müşteri no", "Customer number")
        case .name: ("Name", "Ad soyad", "Name")
        case .company: ("Firma", "Firma", "Company")
        case .email: ("E-Mail", "E-posta", "E-mail")
        case .phone: ("Telefon", "Telefon", "Telephone")
        case .country: ("Land", "Ülke", "Country")
        case .language: ("Sprache", "Dil", "Language")
        case .vatID: ("USt-IdNr.", "Vergi no", "VAT ID")
        case .taxExempt: ("Steuerbefreit", "Vergiden muaf", "Tax-exempt")
        case .birthday: ("Geburtstag", "Doğum günü", "Birthday")
        case .since: ("Kunde seit", "Kayıt tarihi", "Customer since")
        case .status: ("Status", "Durum", "Status")
        case .account: ("Konto", "Hesap", "Account")
        case .groups: ("Gruppen", "Gruplar", "Groups")
        case .tags: ("Schlagwörter", "Etiketler", "Tags")
        case .yes: ("ja", "evet", "yes")
        case .addresses: ("Adressen", "Adresler", "Addresses")
        case .shippingAddress: ("Lieferadresse", "Teslimat adresi", "Shipping address")
        case .billingAddress: ("Rechnungsadresse", "Fatura adresi", "Billing address")
        case .orders: ("Bestellungen", "Siparişler", "Orders")
        case .total: ("Summe", "Tutar", "Total")
        case .totals: ("Gesamtsumme", "Genel toplam", "Total of all orders")
        case .noOrders: ("Keine Bestellungen", "Sipariş yok", "No orders")
        case .date: ("Datum", "Tarih", "Date")
        case .order: ("Bestellung", "Sipariş", "Order")
        case .channel: ("Kanal", "Kanal", "Channel")
        case .state: ("Stand", "Durum", "State")
        case .amount: ("Betrag", "Tutar", "Amount")
        case .coupon: ("Gutschein", "Kupon", "Coupon")
        case .discount: ("Rabatt", "İndirim", "Discount")
        case .tax: ("enthaltene Steuer", "dahil vergi", "tax included")
        case .paid: ("bezahlt", "ödenen", "paid")
        case .refunded: ("erstattet", "iade edilen", "refunded")
        case .returned: ("Rückgabe", "İade", "Return")
        case .testOrder: ("Test", "Test", "Test")
        case .quantity: ("Menge", "Adet", "Quantity")
        case .unitPrice: ("Einzelpreis", "Birim fiyat", "Unit price")
        case .subtotal: ("Zwischensumme", "Ara toplam", "Subtotal")
        case .coupons: ("Gutscheine", "Kuponlar", "Coupons")
        case .value: ("Wert", "Değer", "Value")
        case .validUntil: ("gültig bis", "son geçerlilik", "valid until")
        case .used: ("eingelöst", "kullanılan", "used")
        case .consent: ("Einwilligungen", "İzinler", "Consent")
        case .stateSince: ("seit", "tarihinden beri", "since")
        case .wording: ("Wortlaut", "Metin", "Wording")
        case .evidence: ("Nachweis der Einwilligungen", "İzin kayıtları", "Evidence of consent")
        case .actor: ("durch", "kim", "by")
        case .notes: ("Notizen, nur für das Personal", "Notlar, yalnızca personel için", "Notes, for staff only")
        case .denied:
            ("Abgelehnt: keine Bestellungen annehmen", "Engellendi: sipariş almayın", "Denied: take no orders")
        case .printed: ("Gedruckt am", "Yazdırma tarihi", "Printed")
        case .timeline: ("Zeitleiste", "Zaman çizelgesi", "Timeline")
        case .entry: ("Ereignis", "Olay", "Event")
        case .source: ("Herkunft", "Kaynak", "Source")
        }
    }
}

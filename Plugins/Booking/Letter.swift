import ChannelKit

/// The mail that tells a customer what became of a booking.
struct Letter {
    /// What there is to tell.
    enum News {
        case confirmed
        case moved
        case cancelled
        /// Nobody confirmed it in time.
        case expired
    }

    let news: News
    let language: MailLanguage
    /// What was booked, as the shop calls it.
    let service: String
    let span: BookedSpan
    let shop: Shop

    /// One line.
    var subject: String {
        switch (language, news) {
        case (.german, .confirmed): "Ihr Termin bei \(shop.title) am \(date) um \(start) Uhr"
        case (.german, .moved): "Ihr Termin bei \(shop.title) ist jetzt am \(date) um \(start) Uhr"
        case (.german, .cancelled): "Ihr Termin bei \(shop.title) am \(date) ist abgesagt"
        case (.german, .expired): "Ihre Terminanfrage bei \(shop.title) für den \(date)"
        case (.turkish, .confirmed): "\(shop.title) randevunuz: \(date), saat \(start)"
        case (.turkish, .moved): "\(shop.title) randevunuzun yeni zamanı: \(date), saat \(start)"
        case (.turkish, .cancelled): "\(date) tarihli \(shop.title) randevunuz iptal edildi"
        case (.turkish, .expired): "\(date) tarihi için \(shop.title) randevu isteğiniz"
        case (.english, .confirmed): "Your booking with \(shop.title) on \(date) at \(start)"
        case (.english, .moved): "Your booking with \(shop.title) is now on \(date) at \(start)"
        case (.english, .cancelled): "Your booking with \(shop.title) on \(date) is cancelled"
        case (.english, .expired): "Your request for a booking with \(shop.title) on \(date)"
        }
    }

    /// The whole mail, as plain text.
    var text: String {
        """
        \(greeting)

        \(sentence)

        \(service)
        \(date), \(start) – \(end)
        \(span.zone.identifier)

        \(shop.title)

        """
    }

    private var greeting: String {
        switch language {
        case .german: "Guten Tag,"
        case .turkish: "Merhaba,"
        case .english: "Hello,"
        }
    }

    private var sentence: String {
        switch (language, news) {
        case (.german, .confirmed): "Ihr Termin ist bestätigt:"
        case (.german, .moved): "Ihr Termin ist verlegt worden und findet nun statt:"
        case (.german, .cancelled): "dieser Termin ist abgesagt:"
        case (.german, .expired):
            "diese Anfrage konnte nicht rechtzeitig bestätigt werden, der Termin findet nicht statt:"
        case (.turkish, .confirmed): "randevunuz onaylandı:"
        case (.turkish, .moved): "randevunuzun zamanı değişti, yeni zamanı:"
        case (.turkish, .cancelled): "bu randevu iptal edildi:"
        case (.turkish, .expired): "bu istek zamanında onaylanamadı, randevu gerçekleşmeyecek:"
        case (.english, .confirmed): "your booking is confirmed:"
        case (.english, .moved): "your booking has been moved and is now:"
        case (.english, .cancelled): "this booking is cancelled:"
        case (.english, .expired): "this request could not be confirmed in time, and the booking does not take place:"
        }
    }

    /// The day it begins, as people write it in the language.
    private var date: String {
        let day = String(wall(span.start).prefix(10))
        let parts = day.split(separator: "-")
        return language == .english ? day : parts.reversed().joined(separator: ".")
    }

    private var start: String { String(wall(span.start).dropFirst(11)) }

    /// With its date where that is another day's.
    private var end: String {
        let (first, last) = (wall(span.start), wall(span.end))
        return String(first.prefix(10) == last.prefix(10) ? last.dropFirst(11) : last[...])
    }

    private func wall(_ instant: Instant) -> String { Clock(zone: span.zone).text(at: instant) }
}

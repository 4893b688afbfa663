/// What the lines say that Outlook and others put above the mail they quote: `From: …`, `Sent: …`.
enum HeaderLabel {
    case sender
    case date
    case recipient
    case subject

    /// Reads the label at the start of a line; nil when there is none.
    init?(_ line: ReplyLine) {
        guard let colon = line.bare.firstIndex(where: { $0 == ":" || $0 == "：" }) else { return nil }
        let name = line.bare[..<colon].lowercased().split { $0.isWhitespace || $0 == "*" }.joined(separator: " ")
        guard let label = HeaderLabel.names[name] else { return nil }
        self = label
    }

    private static let names: [String: HeaderLabel] = {
        var names: [String: HeaderLabel] = [:]
        for name in senders { names[name] = .sender }
        for name in dates { names[name] = .date }
        for name in recipients { names[name] = .recipient }
        for name in subjects { names[name] = .subject }
        return names
    }()

    private static let senders = [
        "from", "reply-to", "von", "absender", "de", "expéditeur", "remitente", "da", "van", "fra", "från",
        "lähettäjä", "od", "nadawca", "odesílatel", "от", "от кого", "від", "kimden", "gönderen", "feladó", "de la",
        "από", "מאת", "من", "发件人", "寄件者", "差出人", "보낸 사람", "từ", "saatja", "nuo", "dari",
    ]

    private static let dates = [
        "sent", "date", "gesendet", "gesendet am", "datum", "envoyé", "envoyé le", "message du", "enviado",
        "enviado el", "enviado em", "fecha", "data", "inviato", "verzonden", "sendt", "dato", "skickat", "lähetetty",
        "päivämäärä", "wysłano", "wysłane", "отправлено", "дата", "надіслано", "gönderildi", "gönderilen",
        "gönderme tarihi", "tarih", "odesláno", "odoslané", "elküldve", "dátum", "trimis", "ημερομηνία", "נשלח",
        "תאריך", "تاريخ", "发送时间", "日期", "送信日時", "日付", "보낸 날짜", "ngày", "poslano",
    ]

    private static let recipients = [
        "to", "cc", "an", "empfänger", "à", "a", "kopie", "copie à", "copie", "destinataire", "para", "aan", "til",
        "till", "kopi", "vastaanottaja", "do", "dw", "кому", "копия", "kime", "alıcı", "bilgi", "komu", "címzett",
        "către", "προς", "אל", "إلى", "收件人", "抄送", "宛先", "받는 사람", "đến", "za",
    ]

    private static let subjects = [
        "subject", "betreff", "objet", "asunto", "assunto", "oggetto", "onderwerp", "emne", "ämne", "aihe", "temat",
        "тема", "konu", "předmět", "predmet", "tárgy", "subiect", "θέμα", "נושא", "الموضوع", "主题", "主旨", "件名",
        "제목", "chủ đề",
    ]
}

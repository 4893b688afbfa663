/// What mail programs write above a mail that is answered or passed on, in lower case.
enum HistoryTitle {
    /// Titles between rows of hyphens.
    static let framed: Set<String> = [
        "original message", "original-nachricht", "originalnachricht", "ursprüngliche nachricht",
        "original appointment",
        "message d'origine", "message d’origine", "message original", "mensaje original", "mensagem original",
        "messaggio originale", "oprindelig besked", "oprindelig meddelelse", "opprinnelig melding",
        "opprinnelig beskjed", "oorspronkelijk bericht", "origineel bericht", "ursprungligt meddelande",
        "originalmeddelande", "alkuperäinen viesti", "orijinal mesaj", "özgün ileti", "orijinal ileti",
        "исходное сообщение", "оригинальное сообщение", "пересылаемое сообщение", "пересланное сообщение",
        "оригінальне повідомлення", "původní zpráva", "původní e-mail", "pôvodná správa", "eredeti üzenet",
        "oryginalna wiadomość", "wiadomość oryginalna", "mesaj original", "αρχικό μήνυμα", "הודעה מקורית",
        "الرسالة الأصلية", "原始邮件", "原始郵件", "元のメッセージ", "원본 메시지", "forwarded message",
        "weitergeleitete nachricht", "message transféré", "mensaje reenviado", "mensagem encaminhada",
        "messaggio inoltrato", "doorgestuurd bericht", "videresendt meddelelse", "videresendt melding",
        "vidarebefordrat meddelande", "iletilen mesaj", "iletilmiş mesaj", "yönlendirilen ileti", "přeposlaná zpráva",
        "wiadomość przekazana", "wiadomość przesłana dalej", "转发邮件", "轉寄郵件", "転送メッセージ",
    ]

    /// Beginnings of lines that end in a colon.
    static let beginnings = [
        "begin forwarded message", "anfang der weitergeleiteten", "début du message", "inicio del mensaje reenviado",
        "inizio messaggio inoltrato", "início da mensagem", "begin doorgestuurd bericht", "başlangıç: iletilmiş",
    ]
}

/// The words of the lines that mail programs on telephones put under what was written, in lower case.
enum DeviceNote {
    /// Beginnings that no person writes.
    static let wholeBeginnings = [
        "sent from my ", "get outlook for ", "get [outlook for ", "envoyé de mon ", "envoyé depuis mon ",
        "enviado desde mi ", "enviado do meu ", "inviato dal mio ", "inviato da iphone", "sendt fra min ",
        "skickat från min ", "verzonden vanaf mijn ", "verstuurd vanaf mijn ", "diese nachricht wurde von meinem ",
        "von meinem iphone gesendet", "從我的", "从我的", "發自我的", "发自我的",
    ]

    /// Beginnings of a line that names a device or a program too.
    static let beginnings = [
        "sent from", "sent via", "sent with", "sent by", "sent using", "from my ", "someone from", "von meinem ",
        "von meiner ", "gesendet von", "gesendet mit", "gesendet über", "diese nachricht wurde", "hol dir outlook",
        "holen sie sich outlook", "envoyé depuis", "envoyé à partir", "envoyé avec", "obtenir outlook",
        "télécharger outlook", "enviado desde", "enviado de", "enviado con", "enviado com", "enviado a partir",
        "inviato da", "inviato con", "ottieni outlook", "verzonden met", "verzonden vanaf", "verstuurd vanaf",
        "verstuurd met", "sendt fra", "sendt med", "skickat från", "skickades från", "lähetetty", "wysłane z",
        "wysłano z", "odesláno z", "odoslané z", "trimis de pe", "отправлено с", "отправлено из", "надіслано з",
        "στάλθηκε από", "נשלח מ", "أرسلت من",
    ]

    /// What such a line has in languages where the verb comes last.
    static let endings = ["gönderildi", "gesendet", "küldve", "から送信", "에서 보냄", "傳送", "发送", "發送", "を入手"]

    /// Devices and programs.
    static let devices = [
        "iphone", "ipad", "ipod", "android", "phone", "mobil", "galaxy", "samsung", "htc", "blackberry", "windows",
        "outlook", "mail", "yahoo", "device", "cell", "nokia", "huawei", "xiaomi", "sony", "alcatel", "typeapp",
        "tablet", "telefon", "handy", "gmx", "web.de", "appareil", "móvil", "celular",
    ]
}

/// What mail systems say when they refuse a mail, in lower case.
enum BouncePhrases {
    /// The address may be good: full, shut for a time, or it is the mail or its sender that is not liked.
    static let soft = [
        "mailbox full", "mailbox is full", "over quota", "quota exceeded", "exceeded storage", "disk quota",
        "overquota",
        "insufficient storage", "too big", "too large", "size limit", "exceeds limit", "length exceeds", "too many",
        "hop count",
        "mail loop", "routing loop", "timed out", "timeout", "expired", "temporar", "try again", "blocked",
        "blacklist",
        "block list", "banned", "blocklist", "spam", "reputation", "policy", "policies", "dmarc", "spf", "dkim",
        "ptr record",
        "reverse dns", "dns ptr", "relay access", "relaying", "relay mail", "unauthenticated",
        "authentication required", "authentication information",
        "sender address", "domain of sender", "sender rejected", "sender domain", "valid sender", "from address",
        "disabled",
        "suspended", "bloque", "access denied' (", "client host rejected", "not rfc", "rate that",
        "recipient preferences", "not a member", "not member", "permission to post", "virus", "banned", "prohibited",
        "frequency limited", "ip name lookup", "mismatches client", "procmail",
        "service refuse", "message filtered", "over the maximum",
        "容量", "переполнен",
    ]

    /// Nobody has the address, or the domain takes no mail.
    static let hard = [
        "user unknown", "unknown user", "no such user", "user not found", "user not exist", "unknown recipient",
        "recipient unknown", "no such recipient", "no such mailbox", "no mailbox here", "mailbox unavailable",
        "mailbox not found", "unknown mailbox", "does not exist", "doesn't exist", "not exist", "recipnotfound",
        "invalid recipient", "invalid mailbox", "unknown address", "address unknown",
        "no such address", "recipient not found", "invalid domain", "doesn't have a",
        "not our customer",
        "no longer on server", "inactive email", "host unknown", "unknown host", "host not found", "domain not found",
        "does not accept mail", "no user", "unrouteable", "couldn't be found", "address not found",
        "could not be found", "no mx",
        "lookup failure", "nxdomain", "couldn't find any host", "bad destination", "user doesn't", "not listed in",
        "account not found",
        "unbekannt", "existiert nicht", "destinataire invalide", "n'existe pas", "no existe", "non esiste",
        "bulunamadı", "не найден", "не существует",
    ]
}

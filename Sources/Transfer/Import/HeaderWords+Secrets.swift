extension HeaderWords {
    /// What must not be stored.
    static let secrets: [String: Withheld] = table([
        (
            .payment,
            """
            cardnumber creditcard creditcardnumber ccnumber kreditkarte kreditkartennummer kartennummer kartno \
            kartnumarasi kredikarti kredikartino cvv cvc cvv2 iban kontonummer bankaccount accountnumber
            """
        ),
        (.hash, "passwordhash passwordsalt userpass hash salt hashedpassword passworthash sifrehash"),
        (.password, "userpassword unixuserpassword unicodepwd clearpassword sambantpassword sambalmpassword"),
        (
            .session,
            """
            sessiontoken sessiontokens session token accesstoken refreshtoken resettoken rptoken remembertoken apikey \
            secret totpsecret activationkey useractivationkey
            """
        ),
        (
            .identity,
            """
            tckimlikno tckimlik tckn tcno kimlikno ssn socialsecuritynumber nationalid nationalidnumber identitynumber \
            passportnumber passportno ausweisnummer personalausweis personalausweisnummer steueridentifikationsnummer dni
            """
        ),
    ])
}

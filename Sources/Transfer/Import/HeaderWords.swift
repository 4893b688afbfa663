internal import Registry

/// What the header words of shops, address books and mailing lists mean, in German, English and Turkish.
///
/// The headers of the known platforms are those of their help pages: Shopify, WooCommerce, PrestaShop, Magento, ikas,
/// Ecwid, BigCommerce, Square, Mailchimp, Ghost, listmonk, Mautic, Google contacts, Outlook, Thunderbird, Stripe.
enum HeaderWords {
    /// What a column is by its header.
    static func meaning(of header: String) -> ImportColumn.Meaning {
        if header.hasPrefix("custom:"), let field = ImportField(word: header) { return .field(field) }
        let key = key(header)
        if let field = fields[key] { return .field(field) }
        if let reason = secrets[key] { return .withheld(reason) }
        if let part = addressPart(key) { return .field(part) }
        return .unknown
    }

    /// A header reduced to its folded letters and digits, without what stands in parentheses.
    static func key(_ header: String) -> String {
        var depth = 0
        var bare = ""
        for character in header {
            if character == "(" { depth += 1 }
            if depth == 0 { bare.append(character) }
            if character == ")" { depth = max(depth - 1, 0) }
        }
        return Folding.words(bare).joined()
    }

    private static func addressPart(_ key: String) -> ImportField? {
        if let part = parts[key] { return .address(.main, part) }
        for (prefix, role) in prefixes where key.hasPrefix(prefix) {
            let rest = String(key.dropFirst(prefix.count))
            if let part = parts[rest] { return .address(role, part) }
        }
        return nil
    }

    /// What stands before the parts of an address; of those that begin alike the longer first.
    private static let prefixes: [(String, ImportAddressRole)] = [
        ("billingaddress", .billing), ("billing", .billing), ("invoiceaddress", .billing), ("invoice", .billing),
        ("rechnungsadresse", .billing), ("rechnungs", .billing), ("rechnung", .billing), ("faturaadresi", .billing),
        ("fatura", .billing), ("shippingaddress", .shipping), ("shipping", .shipping), ("deliveryaddress", .shipping),
        ("delivery", .shipping), ("lieferadresse", .shipping), ("lieferungs", .shipping), ("liefer", .shipping),
        ("teslimatadresi", .shipping), ("teslimat", .shipping), ("kargo", .shipping), ("defaultaddress", .main),
        ("address1", .main), ("address", .main), ("home", .home), ("business", .work), ("work", .work),
    ]

    private static let parts: [String: ImportAddressPart] = table([
        (.title, "alias addresstitle addressname adresstitel adresbasligi adresadi"),
        (.company, "company firma"), (.firstName, "firstname vorname"), (.lastName, "lastname nachname"),
        (.name, "fullname recipient empfanger alici"),
        (
            .line1,
            """
            address address1 addressline1 addressstreet street street1 streetaddress strasse strassehausnummer \
            strasseundhausnummer strassehausnr strassenr anschrift adresse adresse1 adresszeile1 adres adres1 acikadres \
            adressatiri1 line1
            """
        ),
        (.houseNumber, "hausnummer hausnr housenumber kapino binano"),
        (
            .line2,
            """
            address2 addressline2 street2 adresszusatz adresse2 adresszeile2 adres2 adressatiri2 extendedaddress line2 \
            apartment unit
            """
        ),
        (.city, "city town locality ort stadt wohnort sehir il"),
        (.region, "state stateprovince province region county bundesland kanton ilce eyalet"),
        (.postcode, "zip zipcode postcode postalcode postal plz postleitzahl postakodu"),
        (.country, "country countrycode countryid land landercode landerkennzeichen ulke ulkekodu cc countryregion"),
        (.phone, "phone telefon"),
    ])

    private static let secrets: [String: Withheld] = table([
        (
            .payment,
            """
            cardnumber creditcard creditcardnumber ccnumber kreditkarte kreditkartennummer kartennummer kartno \
            kartnumarasi kredikarti kredikartino cvv cvc cvv2 iban kontonummer bankaccount accountnumber
            """
        ),
        (.hash, "passwordhash passwordsalt userpass hash salt hashedpassword passworthash sifrehash"),
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

    private static let fields: [String: ImportField] = table([
        (.patronID, "patronid"),
        (
            .externalID,
            """
            id customerid customernumber customerno externalid extid ext userid memberid clientid entityid kundenid \
            kundennummer kundennr kundennum debitorennummer musteriid musterino musterinumarasi musterikodu
            """
        ),
        (
            .email,
            """
            email emailaddress mail mailaddress useremail customeremail primaryemail contactemail emailprimary \
            email1value email1address emailadresse emailadress mailadresse kundenemail eposta epostaadresi epostaadres \
            mailadresi correoelectronico courriel adresseemail billingemail
            """
        ),
        (.firstName, "firstname fname givenname forename vorname ad adi isim prenom"),
        (.middleName, "middlename additionalname zweitervorname ikinciad"),
        (.lastName, "lastname lname surname familyname nachname familienname zuname soyad soyadi soyisim soyismi"),
        (
            .name,
            """
            name fullname displayname customername contactname kundenname kunde vornamenachname vorundnachname \
            namevorname adsoyad advesoyad adisoyadi isimsoyisim musteri musteriadi musteriadisoyadi adsoyisim
            """
        ),
        (
            .phone,
            """
            phone phonenumber phone1value telephone telephonenumber tel telno telnr telefon telefonnummer telefonno \
            telefonnr telefonnumarasi rufnummer mobile mobilephone mobilenumber mobil mobilnummer mobiltelefon handy \
            handynummer cellphone cell cep ceptelefonu ceptel cepno gsm gsmno customerphone homephone workphone \
            businessphone primaryphone
            """
        ),
        (
            .company,
            """
            company companyname organization organisation organizationname organization1name firma firmenname \
            unternehmen sirket sirketadi firmaadi sirketunvani
            """
        ),
        (
            .vatID,
            """
            vat vatid vatnumber vatno taxvat taxid ustid ustidnr ustidnummer umsatzsteuerid uidnummer vergino \
            verginumarasi umsatzsteueridentifikationsnummer billingvat
            """
        ),
        (.taxExempt, "taxexempt steuerbefreit umsatzsteuerbefreit mwstbefreit vergimuaf vergidenmuaf"),
        (.birthday, "birthday birthdate dateofbirth dob geburtstag geburtsdatum dogumtarihi dogumgunu"),
        (.language, "language lang locale sprache dil"),
        (
            .tags,
            """
            tags tag labels label groupmembership schlagworter schlagworte schlagwort stichworter stichworte etiketten \
            etikett etiketler etiket
            """
        ),
        (
            .groups,
            """
            groups group customergroup customergroups kundengruppe kundengruppen gruppe gruppen grup gruplar \
            musterigrubu musterigruplari
            """
        ),
        (
            .note,
            """
            note notes notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar customernote customernotes \
            not notlar aciklama
            """
        ),
        (.password, "password passwort kennwort passwd pwd sifre parola"),
        (
            .newsletter,
            """
            newsletter acceptsemailmarketing acceptsmarketing emailmarketing emailmarketingconsent emailconsent \
            marketingconsent emailoptin newsletteroptin subscribedtoemails subscribed subscription subscriptionstatus \
            emailsubscriptionstatus membershipstatus status newsletterabo newsletteranmeldung abonniert abonnent \
            mailingliste mailinglist werbeeinwilligung bulten ebulten ebultenaboneligi abone eticaretizni
            """
        ),
        (.sms, "acceptssmsmarketing smsmarketing smsmarketingconsent smsconsent smsoptin smsizni"),
        (.confirmedAt, "confirmtime"),
        (
            .joined,
            """
            joined joinedat createdat created datecreated creationdate dateregistered userregistered registered \
            registeredat registrationdate signupdate signedupat dateadded customersince kundeseit registriertam \
            registriert registrierungsdatum angelegtam angelegt erstelltam erstellt anmeldedatum beitrittszeit \
            beitrittsdatum kayittarihi uyeliktarihi olusturmatarihi katilimtarihi
            """
        ),
        (.test, "test istest testcustomer testkunde testmusterisi"),
        (.deleted, "deleted isdeleted geloscht silindi"),
    ])

    private static func table<Meaning>(_ entries: [(Meaning, String)]) -> [String: Meaning] {
        var table: [String: Meaning] = [:]
        for (meaning, words) in entries {
            for word in words.split(separator: " ") { table[String(word)] = meaning }
        }
        return table
    }
}

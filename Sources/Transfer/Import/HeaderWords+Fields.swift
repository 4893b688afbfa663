extension HeaderWords {
    /// What customers have.
    static let fields: [String: ImportField] = table([
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
            secondaryemail secondemail emailsecondary otheremail workemail homeemail email1value email1address emailadresse emailadress mailadresse kundenemail eposta epostaadresi epostaadres \
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
            businessphone primaryphone secondaryphone otherphone mainphone phonemobile phonehome phonework \
            companymainphone carphone
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
        (.birthYear, "birthyear geburtsjahr dogumyili"), (.birthMonth, "birthmonth"), (.birthDay, "dayofbirth"),
        (.birthday, "birthday birthdate dateofbirth dob geburtstag geburtsdatum dogumtarihi dogumgunu"),
        (.language, "language lang locale sprache dil"),
        (
            .tags,
            """
            tags tag segments segment labels label groupmembership schlagworter schlagworte schlagwort stichworter stichworte etiketten \
            etikett etiketler etiket
            """
        ),
        (
            .groups,
            """
            groups group customergroup customergroups kundengruppe kundengruppen gruppe gruppen grup gruplar level \
            musterigrubu musterigruplari
            """
        ),
        (
            .note,
            """
            note notes notiz notizen bemerkung bemerkungen anmerkung anmerkungen kommentar customernote customernotes \
            not notlar aciklama description message
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
}

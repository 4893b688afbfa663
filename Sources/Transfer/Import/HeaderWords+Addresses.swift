extension HeaderWords {
    /// What stands before the parts of an address; of those that begin alike the longer first.
    static let prefixes: [(String, ImportAddressRole)] = [
        ("billingaddress", .billing), ("billing", .billing), ("invoiceaddress", .billing), ("invoice", .billing),
        ("rechnungsadresse", .billing), ("rechnungs", .billing), ("rechnung", .billing), ("faturaadresi", .billing),
        ("fatura", .billing), ("shippingaddress", .shipping), ("shipping", .shipping), ("deliveryaddress", .shipping),
        ("delivery", .shipping), ("lieferadresse", .shipping), ("lieferungs", .shipping), ("liefer", .shipping),
        ("teslimatadresi", .shipping), ("teslimat", .shipping), ("kargo", .shipping), ("defaultaddress", .main),
        ("address1", .main), ("address2", .second), ("address3", .third), ("address", .main), ("home", .home),
        ("business", .work), ("work", .work), ("otheraddress", .second), ("other", .second),
    ]

    static let parts: [String: ImportAddressPart] = table([
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
        (.postBox, "pobox postofficebox postfach"),
        (.houseNumber, "hausnummer hausnr housenumber kapino binano"),
        (
            .line2,
            """
            address2 addressline2 street2 adresszusatz adresse2 adresszeile2 adres2 adressatiri2 extendedaddress line2 \
            apartment unit
            """
        ),
        (.city, "city town locality ort stadt wohnort sehir il"),
        (.region, "state stateprovince province provincecode stateregion region county bundesland kanton ilce eyalet"),
        (.postcode, "zip zipcode zippostalcode postcode postalcode postal plz postleitzahl postakodu"),
        (
            .country,
            "country countrycode countryid countryname land landercode landerkennzeichen ulke ulkekodu cc countryregion"
        ),
        (.phone, "phone telefon"),
    ])
}

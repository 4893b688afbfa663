extension HeaderWords {
    /// What says something of a person for which customers have no field of their own: the shop's fields they fill.
    static let custom: [String: String] = table([
        (
            "name_prefix",
            "nameprefix prefix salutation honorific anrede hitap"
        ),
        ("name_suffix", "namesuffix suffix namenszusatz"),
        ("nickname", "nickname spitzname takmaad"),
        ("gender", "gender sex geschlecht cinsiyet"),
        (
            "job_title",
            "jobtitle organizationtitle organization1title berufsbezeichnung unvan"
        ),
        ("department", "department organizationdepartment organization1department abteilung departman"),
        ("occupation", "occupation profession beruf meslek"),
        ("hobby", "hobby hobbies hobi"),
        ("fax", "fax faxnumber businessfax homefax otherfax workfax faxnummer faks"),
        ("website", "website website1value webpage webpage1 homepage userurl url web internetseite websitesi"),
        ("anniversary", "anniversary jubilaum"),
        ("maiden_name", "maidenname geburtsname kizliksoyadi"),
        ("tax_exempt_category", "taxexemptcategory"),
        ("location", "location"),
        ("office", "organizationlocation organization1location officelocation"),
    ])
}

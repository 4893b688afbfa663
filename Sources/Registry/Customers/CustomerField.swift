/// A field of the registry that people fill in, by the name the socket uses.
public enum CustomerField: String, Sendable, CaseIterable {
    case name
    case firstName = "first_name"
    case lastName = "last_name"
    case email
    case phone
    case country
    case language
    case company
    case vatID = "vat_id"
    case taxExempt = "tax_exempt"
    case birthday
    case custom
}

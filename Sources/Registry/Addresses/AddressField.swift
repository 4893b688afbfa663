/// A part of an address, by the name the socket uses.
public enum AddressField: String, Sendable, CaseIterable {
    case title
    case name
    case company
    case line1
    case line2
    case postcode
    case city
    case region
    case country
    case phone
}

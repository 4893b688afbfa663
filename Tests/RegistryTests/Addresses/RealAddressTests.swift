import Foundation
import Registry
import TestSupport
import XCTest

/// Compares labels with printed addresses of 179 countries.
///
/// What a person fills in is taken from the printed text itself where the data knows more places than a form has
/// fields; the order of the lines, the line of the place and the spelling of its parts are what is compared.
final class RealAddressTests: XCTestCase {
    private struct Sample: Decodable {
        let id: String
        let country: String
        let components: [String: String]
        let expected: String
    }

    private static let places = [
        "city", "town", "village", "municipality", "hamlet", "locality", "suburb", "county", "state_district", "island",
        "local_administrative_area", "city_district", "archipelago", "postal_city",
    ]

    /// Names of parts that are no part of a place: whose house it is.
    private static let notHouses: Set<String> = Set(
        places + [
            "road", "pedestrian", "house_number", "housenumber", "postcode", "country", "country_code", "state",
            "state_code", "region", "county_code", "neighbourhood", "quarter", "residential", "continent", "district",
            "footway", "path", "subcounty", "province", "partial_postcode", "postal_city",
        ])

    func testLabelsArePrintedAsTheirCountriesDo() throws {
        let samples = try RealData.rows(Sample.self, in: "addresses/opencage-address-formatting.json")
        let shop = try Book(country: "AQ").occasion.shop
        var homes = [shop.country: shop]
        var countries: [String: (right: Int, all: Int)] = [:]
        var misses: [String] = []
        var (right, lastLines) = (0, 0)
        var postal = (right: 0, all: 0)
        for sample in samples {
            let expected = Self.expected(sample)
            let fields = try Self.fields(sample, expected)
            let country = fields.country ?? shop.country
            let home = try homes[country] ?? Book(country: country.code).occasion.shop
            homes[country] = home
            let printed = AddressFormat.lines(of: fields, customer: nil, from: home)
            countries[sample.country, default: (0, 0)].all += 1
            if printed.last == expected.last { lastLines += 1 }
            let isPostal = sample.components["road"] != nil && fields.postcode != nil
            if isPostal { postal.all += 1 }
            if isPostal, printed == expected { postal.right += 1 }
            if printed == expected {
                right += 1
                countries[sample.country, default: (0, 0)].right += 1
            } else {
                misses.append(
                    "\(sample.id): \(Self.reason(printed, expected, fields)): \(printed) instead of \(expected)")
            }
        }
        let whole = countries.filter { $0.value.right == $0.value.all }.keys.sorted()
        print("addresses: \(right) of \(samples.count) labels as printed there; last line right in \(lastLines)")
        print("addresses: \(postal.right) of the \(postal.all) that have a street and a postcode")
        print("addresses: \(whole.count) of \(countries.count) countries without a miss")
        for (country, share) in countries.sorted(by: { $0.key < $1.key }) where share.right < share.all {
            print("addresses: \(country) \(share.right) of \(share.all)")
        }
        for miss in misses { print("addresses: \(miss)") }
        XCTAssertGreaterThan(right * 100, samples.count * 60)
    }

    /// The lines within the country.
    private static func expected(_ sample: Sample) -> [String] {
        let lines = sample.expected.split(separator: "\n").map(String.init)
        return lines.count > 1 ? Array(lines.dropLast()) : lines
    }

    private static func fields(_ sample: Sample, _ expected: [String]) throws -> AddressFields {
        let parts = sample.components
        var fields = AddressFields()
        if (try? fields.set(.country, to: sample.country)) == nil { fields.country = nil }
        let houses = parts.filter { !notHouses.contains($0.key) }.values
        try fields.set(.company, to: expected.first { houses.contains($0) })
        let road = parts["road"] ?? parts["pedestrian"] ?? parts["footway"] ?? parts["path"]
        let street = expected.first { line in line != fields.company && road.map { line.contains($0) } ?? false }
        try fields.set(.line1, to: street)
        let place = places.compactMap { parts[$0] }.first { place in
            expected.contains { $0 != street && $0 != fields.company && $0.contains(place) }
        }
        try fields.set(.city, to: place ?? places.compactMap { parts[$0] }.first)
        let second = expected.first { line in
            line != fields.company && line != street && line != place && line != parts["state"]
                && ["suburb", "neighbourhood", "quarter", "city_district", "hamlet", "village", "residential"]
                    .contains { parts[$0] == line }
        }
        try fields.set(street == nil ? .line1 : .line2, to: second)
        try fields.set(.region, to: region(parts, expected))
        // A place with several postcodes is no address: a person has one of them.
        try fields.set(.postcode, to: parts["postcode"].flatMap { $0.contains(";") ? nil : $0 })
        return fields
    }

    /// The region as people there fill it in: as it is printed, or by its name.
    private static func region(_ parts: [String: String], _ expected: [String]) -> String? {
        let names = ["state", "state_code", "county_code", "region"].compactMap { parts[$0] }
        if let printed = names.first(where: { name in expected.contains { $0.contains(name) } }) { return printed }
        let last = expected.last?.split(separator: " ").last.map(String.init)
        if let last, last.count == 2, last.allSatisfy(\.isUppercase) { return last }
        return names.first
    }

    private static func reason(_ printed: [String], _ expected: [String], _ fields: AddressFields) -> String {
        if Set(printed) == Set(expected) { return "order of lines" }
        if let postcode = fields.postcode, !expected.joined().contains(postcode), printed.joined().contains(postcode) {
            return "postcode left out there"
        }
        if let region = fields.region, printed.joined().contains(region) != expected.joined().contains(region) {
            return "region"
        }
        if printed.count < expected.count { return "a part no form asks for" }
        return "spelling"
    }
}

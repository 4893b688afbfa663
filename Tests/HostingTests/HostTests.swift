import ChannelKit
import Foundation
import Hosting
import Registry
import TestSupport
import XCTest

final class HostTests: XCTestCase {
    private func write(_ json: String, to name: String, _ street: Street) throws {
        let folder = "\(street.folder)/\(name)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try json.write(toFile: "\(folder)/tenant.json", atomically: false, encoding: .utf8)
    }

    private static let least =
        #""title":"Acme","currency":"eur","country":"de","locale":"de","time_zone":"Europe/Berlin""#

    func testAConfigurationSurvivesTheHost() throws {
        var configuration = Street.configuration
        configuration.settings = ["tags.max": "3", "guest.record": "account"]
        configuration.staff = ["root"]
        configuration.isSuspended = true
        configuration.channels["kiosk"] = TenantConfiguration.Channel()
        configuration.channels["kiosk"]?.isEnabled = false
        configuration.channels["kiosk"]?.settings = ["mode": "slow"]
        try withTemporaryDirectory { folder in
            try Street.inFolder(folder) { _ = try $0.create("acme", configuration) }

            try Street.inFolder(folder) { street in
                let profile = try street.host.tenant(Street.name("acme")).profile
                XCTAssertEqual(profile.configuration, configuration)
                XCTAssertEqual(profile.staff, [0: "root"])
                let occasion = Occasion(shop: profile.shop, at: Instant(seconds: 0), actor: .system)
                let kiosk = try XCTUnwrap(profile.installedChannel("kiosk"))
                XCTAssertEqual(try kiosk.lines(of: Details(.object([])), occasion), [DetailLine("Speed", "slow")])
                XCTAssertFalse(profile.isEnabled("kiosk"))
                assertThrows(HostError.channelDisabled("kiosk")) { try profile.channel("kiosk") }
                assertThrows(HostError.noChannel("shop")) { try profile.channel("shop") }
                XCTAssertEqual(profile.shop.policies.maximumTags, 3)
                XCTAssertEqual(profile.shop.policies.guestRecord, .account)
            }
        }
    }

    func testWhatAPersonLeavesOutHasItsStandardValue() throws {
        try Street.run { street in
            try write("{\(Self.least)}", to: "acme", street)
            try write("{\(Self.least),\"channels\":{\"kiosk\":{}}}", to: "other", street)

            let profile = try street.host.tenant(Street.name("acme")).profile
            let other = try street.host.tenant(Street.name("other")).profile

            XCTAssertEqual(profile.configuration.settings, [:])
            XCTAssertEqual(profile.configuration.staff, [])
            XCTAssertFalse(profile.configuration.isSuspended)
            XCTAssertEqual(profile.configuration.createdAt, "1970-01-01T00:00:00Z")
            XCTAssertEqual(profile.shop.policies, Policies())
            XCTAssertEqual(profile.shop.currency.code, "EUR")
            XCTAssertEqual(profile.shop.country.code, "DE")
            XCTAssertEqual(profile.shop.timeZone, TimeZone(identifier: "Europe/Berlin"))
            XCTAssertTrue(profile.isEnabled("kiosk"))
            XCTAssertNoThrow(try profile.channel("kiosk"))
            XCTAssertTrue(other.isEnabled("kiosk"))
        }
    }

    func testUsersAndSettingsThatAreGoneAreToleratedInAFileUntilItIsChanged() throws {
        try Street.run { street in
            try write(
                """
                {\(Self.least),"staff":["root","nobody-of-this-name"],"settings":{"tag.max":"1","tags.max":"3"}}
                """, to: "acme", street)

            let tenant = try street.host.tenant(Street.name("acme"))

            XCTAssertEqual(tenant.profile.staff, [0: "root"])
            XCTAssertEqual(tenant.profile.shop.policies.maximumTags, 3)
            assertThrows(HostError.unknownSetting("tag.max", known: street.host.settings.map(\.name))) {
                try street.host.configure(tenant) { $0.isSuspended = true }
            }
            assertThrows(HostError.unknownUser("nobody-of-this-name")) {
                try street.host.configure(tenant) { $0.settings["tag.max"] = nil }
            }
            XCTAssertFalse(tenant.profile.configuration.isSuspended)
            try street.host.configure(tenant) { configuration in
                configuration.settings["tag.max"] = nil
                configuration.staff = ["root"]
            }
            XCTAssertEqual(tenant.profile.configuration.settings, ["tags.max": "3"])
        }
    }

    func testCurrencyAndCountryAreStoredInStandardSpelling() throws {
        var configuration = Street.configuration
        (configuration.currency, configuration.country) = ("eur", "germany")
        let written = configuration
        try withTemporaryDirectory { folder in
            try Street.inFolder(folder) { street in
                XCTAssertEqual(try street.host.checked(Street.name("acme"), written), Street.configuration)
                XCTAssertEqual(try street.create("acme", written).profile.configuration, Street.configuration)
            }

            try Street.inFolder(folder) { street in
                let stored = try street.host.tenant(Street.name("acme")).profile.configuration
                XCTAssertEqual(stored, Street.configuration)
            }
        }
    }

    func testAFileThatCannotBeReadSaysWhatIsWrong() throws {
        try Street.run { street in
            try write(#"{"title":"Acme"}"#, to: "missing", street)
            try write(#"{"title":7,"currency":"EUR"}"#, to: "typed", street)
            try write("{", to: "broken", street)

            assertThrows(HostError.unreadableConfiguration("currency is missing")) {
                try street.host.tenant(Street.name("missing"))
            }
            for name in ["typed", "broken"] {
                XCTAssertThrowsError(try street.host.tenant(Street.name(name))) { error in
                    guard case .unreadableConfiguration(let reason)? = error as? HostError else {
                        return XCTFail("\(error)")
                    }
                    XCTAssertEqual(reason.hasPrefix("title: "), name == "typed", reason)
                    XCTAssertFalse(reason.hasPrefix(":") || reason.contains("\n"), reason)
                }
            }
            assertThrows(HostError.noTenant) { try street.host.tenant(Street.name("nobody")) }
        }
    }

    func testABadConfigurationMakesNoTenant() throws {
        try Street.run { street in
            func create(_ change: (inout TenantConfiguration) -> Void) throws -> Tenant {
                var configuration = Street.configuration
                change(&configuration)
                return try street.create("acme", configuration)
            }

            assertThrows(HostError.unknownTimeZone("Mars/Olympus")) { try create { $0.timeZone = "Mars/Olympus" } }
            assertThrows(ValueError.badCurrency("EURO")) { try create { $0.currency = "EURO" } }
            assertThrows(ValueError.badCountry("Atlantis")) { try create { $0.country = "Atlantis" } }
            for title in ["", " \t\u{A0}"] { assertThrows(HostError.blankTitle) { try create { $0.title = title } } }
            for locale in ["", "d", "german", "de_DE", "de-", "-de", "dé", "12", "de-Österreich"] {
                assertThrows(HostError.badLocale) { try create { $0.locale = locale } }
            }
            assertThrows(HostError.unknownUser("nobody-of-this-name")) {
                try create { $0.staff = ["nobody-of-this-name"] }
            }
            assertThrows(HostError.unknownSetting("tag.max", known: street.host.settings.map(\.name))) {
                try create { $0.settings = ["tag.max": "1"] }
            }
            for (name, value, allowed) in [
                ("tags.max", "0", "none, or a number above 0"), ("tags.max", "-1", "none, or a number above 0"),
                ("tags.max", "many", "none, or a number above 0"), ("guest.record", "all", "contact, account, none"),
                ("match.phone", "yes", "true, false"), ("email.shared", "", "true, false"),
                ("coupon.release", "always", "cancel, cancel+refund, never"),
                ("mail.from", "lena", "an e-mail address"),
                (
                    "mail.reply", "reply@example.org",
                    "an e-mail address with {token} in it, such as reply+{token}@example.org"
                ),
                ("link.url", "https://example.org/{token}", "an https address with {action} and {token} in it"),
            ] {
                assertThrows(HostError.badSetting(name, allowed: allowed)) {
                    try create { $0.settings = [name: value] }
                }
            }
            XCTAssertThrowsError(
                try create { $0.channels["kiosk", default: .init()].settings = ["mode": "odd"] }
            ) { XCTAssertEqual(($0 as? ChannelRefusal)?.description, "mode is one of fast, slow") }
            XCTAssertThrowsError(
                try create { $0.channels["kiosk", default: .init()].settings = ["speed": "1"] }
            ) { XCTAssertEqual(($0 as? ChannelRefusal)?.slug, "unknown-argument") }

            XCTAssertEqual(try FileManager.default.contentsOfDirectory(atPath: street.folder), [".journal"])
        }
    }

    func testATenantIsMadeOnce() throws {
        try Street.run { street in
            let tenant = try street.create("acme")
            let answers = Answers()
            street.enter("a", in: tenant, answers)
            _ = answers.all()

            assertThrows(HostError.tenantExists("acme")) { try street.create("acme") }

            XCTAssertEqual(street.customers(of: tenant), ["a"])
            XCTAssertTrue(try street.host.tenant(tenant.name) === tenant)
            XCTAssertTrue(street.host.knownTenant(tenant.name) === tenant)
            XCTAssertNil(street.host.knownTenant(try Street.name("other")))
        }
    }

    func testTenantsAreListedByNameAPageAtATime() throws {
        try Street.run { street in
            for name in ["b", "a", "c-1", "0"] { _ = try street.create(name) }
            try FileManager.default.createDirectory(
                atPath: "\(street.folder)/empty", withIntermediateDirectories: false)
            func names(after name: String, _ limit: Int) throws -> [String] {
                try street.host.tenantNames(after: name, limit: limit).map(\.description)
            }

            XCTAssertEqual(try names(after: "", 10), ["0", "a", "b", "c-1"])
            XCTAssertEqual(try names(after: "0", 2), ["a", "b"])
            XCTAssertEqual(try names(after: "c-1", 2), [])
        }
    }

    func testAChangeOfTheConfigurationIsAtWorkAtOnceAndKept() throws {
        try withTemporaryDirectory { folder in
            try Street.inFolder(folder) { street in
                let tenant = try street.create("acme")
                try street.host.configure(tenant) { configuration in
                    configuration.settings = [
                        "guest.record": "none", "match.phone": "false", "email.shared": "true",
                        "coupon.release": "never", "tags.max": "7",
                    ]
                }
                var expected = Policies()
                expected.guestRecord = .none
                expected.matchesPhone = false
                expected.sharesEmail = true
                expected.couponRelease = .never
                expected.maximumTags = 7
                XCTAssertEqual(tenant.profile.shop.policies, expected)

                assertThrows(HostError.blankTitle) { try street.host.configure(tenant) { $0.title = " " } }
                assertThrows(HostError.badLocale) { try street.host.configure(tenant) { $0.locale = "de_DE" } }
                assertThrows(HostError.badSetting("tags.max", allowed: "none, or a number above 0")) {
                    try street.host.configure(tenant) { $0.settings["tags.max"] = "0" }
                }
                XCTAssertEqual(tenant.profile.shop.policies, expected)
            }
            try Street.inFolder(folder) { street in
                let tenant = try street.host.tenant(Street.name("acme"))
                XCTAssertEqual(tenant.profile.shop.policies.maximumTags, 7)
            }
        }
    }

    func testNamesAreSafeAsAFolder() {
        for name in ["a", "0", "acme-2", "a-", String(repeating: "a", count: 63)] {
            XCTAssertEqual(TenantName(name)?.description, name)
        }
        for name in [
            "", "-a", "A", "a_b", "a.b", ".", "..", "a/b", "a b", "ä", "a\u{0}", String(repeating: "a", count: 64),
        ] {
            XCTAssertNil(TenantName(name), name)
        }
    }
}

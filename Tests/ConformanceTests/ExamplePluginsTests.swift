import Foundation
import TestSupport
import XCTest

/// The plugins of this repository that run in processes of their own pass what every channel has to pass.
final class ExamplePluginsTests: XCTestCase {
    func testTheWooCommercePluginConforms() throws {
        try Python.require()
        try assertConforms("woo-commerce")
    }

    func testTheMarketStallConforms() throws { try assertConforms("market-stall") }

    private func assertConforms(_ plugin: String) throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()

        let run = try PluginRun("\(root.path)/Plugins/\(plugin)")

        XCTAssertEqual(run.lines.filter { !$0.hasPrefix("ok ") }, [])
        XCTAssertEqual(run.end, .exited(0))
        XCTAssertGreaterThan(run.lines.count, 20)
    }
}

import TestSupport

extension VerbExamples {
    /// Two plugins for the examples: `stall` works, `away` cannot be started, so what it is to be asked is parked.
    static func makePlugins(in folder: String) throws {
        _ = try TestPlugin(in: folder, changes: ["verbs": "[]"])
        _ = try TestPlugin(
            "away", in: folder,
            changes: [
                "verbs": "[]", "command": #"["sh","-c","exit 1"]"#, "hooks": #"{"translate":{"on_failure":"park"}}"#,
            ])
    }

    /// What the plugins' examples count on.
    static let pluginPreparation = ["channel.enable stall", "channel.enable away"]

    private static let park = #"order.register channel=away ext={verb} total=1.00 details={"place":"a"}"#

    static let plugins = [
        "plugin.list": ["plugin.list"],
        "plugin.show": ["plugin.show stall"],
        "plugin.reset": ["plugin.reset away"],
        "plugin.reload": ["plugin.reload stall"],
        "plugin.test": ["plugin.test stall"],
        "plugin.parked": [park, "plugin.parked away"],
        "plugin.retry": [park, "plugin.retry {made}"],
        "plugin.discard": [park, "plugin.discard {made}"],
    ]
}

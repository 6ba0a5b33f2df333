internal import Arguments

/// What every command takes, before its name and after it.
struct Globals: GlobalOptions {
    enum ColorChoice: String, CaseIterable, ArgumentValue { case auto, always, never }

    var folder: String?
    var color = ColorChoice.auto
    var isQuiet = false
    var verbosity = 0

    static let parameters: [Parameter<Globals>] = [
        .option("C", \.folder, "dir", completion: .directory, help: "Run as if started in <dir>"),
        .option("color", \.color, "when", default: "auto", help: "Colour the output"),
        .flag("quiet", letter: "q", \.isQuiet, help: "Say only errors"),
        .count("verbose", letter: "v", \.verbosity, help: "Say more"),
    ]
}

internal import Arguments
internal import Platform

/// What every command takes, before its name and after it.
struct Globals: GlobalOptions {
    enum ColorChoice: String, CaseIterable, ArgumentValue { case auto, always, never }

    /// Where to start, each as seen from the one before; an empty one changes nothing, as in git.
    var folders: [Path] = []
    var color = ColorChoice.auto
    var isQuiet = false
    var verbosity = 0

    static let parameters: [Parameter<Globals>] = [
        .options(
            "C", \.folders, "dir", completion: .directory, read: { Path(word: $0) },
            help: "Run as if started in <dir>"),
        .option("color", \.color, "when", default: "auto", help: "Colour the output"),
        .flag("quiet", letter: "q", \.isQuiet, help: "Say only errors"),
        .count("verbose", letter: "v", \.verbosity, help: "Say more"),
    ]
}

extension Globals {
    /// Takes of a command line that could not be understood what its error message needs.
    init(salvagedFrom words: [String]) {
        for (index, word) in words.enumerated() {
            let next = index + 1 < words.count ? words[index + 1] : ""
            let isWhole = word.hasPrefix("--color=")
            guard isWhole || word == "--color" else { continue }
            color = ColorChoice(rawValue: isWhole ? String(word.dropFirst(8)) : next) ?? color
        }
    }
}

/// A programming language that a script can be written in.
public struct Language: Hashable, Sendable {
    /// How the language marks a line as a comment: ``prefix``, and ``suffix`` where comments must be closed.
    public struct Comment: Hashable, Sendable {
        let prefix: [UInt8]
        let suffix: [UInt8]

        init(_ prefix: String, _ suffix: String = "") {
            self.prefix = Array(prefix.utf8)
            self.suffix = Array(suffix.utf8)
        }
    }

    /// What the kernel's commands look like, which are no code of the language.
    enum MagicSyntax: Hashable, Sendable {
        /// `%time`, `%%timeit`; Python has more, see ``Magic``.
        case percent
        /// evcxr: `:dep`
        case colon
        /// .NET Interactive: `#!time`
        case shebang
        /// gonb: `%cd`, `!ls`, `!*go mod tidy`
        case gonb
        case none
    }

    /// The name that kernels and cell magics use: `python`, `R`, `c++`.
    public let name: String
    /// With the dot: `.py`.
    public let fileExtension: String
    /// The signs with which a script sets off its header, markers and text cells.
    public let comment: Comment
    let magic: MagicSyntax

    /// Whether jupytext has no scripts in this language.
    var isOurs: Bool { ["sql", "kotlin", "swift"].contains(name) }

    /// Whether the blank lines between cells follow PEP 8.
    var followsPEP8: Bool { fileExtension == ".py" }

    init(
        _ fileExtension: String, _ name: String, _ comment: Comment, _ magic: MagicSyntax = .percent
    ) {
        self.name = name
        self.fileExtension = fileExtension
        self.comment = comment
        self.magic = magic
    }
}

extension Language {
    /// The one name behind a language's many spellings: `C#` and `cs` are `csharp`.
    ///
    /// Two names mean the same language when their usual names are equal.
    static func usualName(_ name: String) -> String {
        let lower = name.lowercased()
        switch lower {
        case "r": return "R"
        case "octave": return "matlab"
        case "cs", "c#": return "csharp"
        case "fs", "f#": return "fsharp"
        case "sas": return "SAS"
        default: return lower.hasPrefix("c++") ? "c++" : lower
        }
    }

    static func isSame(_ left: String, _ right: String) -> Bool {
        usualName(left) == usualName(right)
    }

    /// A name as notebooks' metadata spell it, as far as jupytext evens it out: `C++17` is `c++`, `F#`
    /// is `fsharp`, `Julia` is `julia`; `R` and `sas` are kept.
    static func mainName(_ name: String) -> String {
        if name == "R" || name == "sas" { return name }
        if name.hasPrefix("C++") { return "c++" }
        let lower = name.lowercased()
        guard lower.utf8.contains(UInt8(ascii: "#")) else { return lower }
        return lower.split(separator: "#", omittingEmptySubsequences: false)
            .joined(separator: "sharp")
    }
}

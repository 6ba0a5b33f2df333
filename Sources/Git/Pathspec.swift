public import Platform

/// Which files a command is about, as the person wrote it: names, folders, patterns.
///
/// Follows gitglossary(7), "pathspec": `*` matches `/` too, a folder stands for all below it, and of the
/// magic words `top` (`:/`), `exclude` (`:!`, `:^`), `literal`, `glob` and `icase` are understood.
public struct Pathspec: Sendable {
    /// One word of it.
    public struct Item: Hashable, Sendable {
        /// What the person wrote.
        public let text: Path
        /// The path from the work tree, or the pattern; `.` for everything.
        public let path: Path
        /// Whether it is a name and no pattern.
        public let isLiteral: Bool
        let isExcluded: Bool
        let ignoresCase: Bool
        let keepsSlashes: Bool
    }

    /// The words, in order.
    public let items: [Item]
    private let excluded: [Item]

    /// Everything.
    public static let all = Pathspec(items: [], excluded: [])

    /// One word alone.
    public init(_ item: Item) {
        self.init(items: [item], excluded: [])
    }

    /// Files by their names from the root of the work tree; none for everything.
    public init(files: [Path]) {
        self.init(
            items: files.map {
                Item(
                    text: $0, path: $0, isLiteral: true, isExcluded: false, ignoresCase: false,
                    keepsSlashes: false)
            }, excluded: [])
    }

    private init(items: [Item], excluded: [Item]) {
        self.items = items
        self.excluded = excluded
    }

    /// Reads the words of a command line.
    ///
    /// - Parameters:
    ///   - words: From the working folder, or absolute.
    ///   - relative: Makes a path as it was written one from the work tree.
    ///   - refuse: Makes an error of the caller's kind.
    /// - Throws: What `relative` throws, or ``GitError`` for a magic word that is not known.
    public init<E: Error>(
        _ words: [Path], relative: (Path) throws(E) -> Path, refuse: (GitError) -> E
    ) throws(E) {
        var items: [Item] = []
        for word in words {
            let magic: Magic
            do throws(GitError) { magic = try Magic(word) } catch { throw refuse(error) }
            let isLiteral =
                magic.isLiteral || !magic.rest.bytes.contains(where: Wildmatch.isSpecial)
            let path =
                magic.isFromTop
                ? magic.rest.bytes.isEmpty ? "." : magic.rest.normalized ?? "."
                : try relative(magic.rest.bytes.isEmpty ? "." : magic.rest)
            items.append(
                Item(
                    text: word, path: path, isLiteral: isLiteral, isExcluded: magic.isExcluded,
                    ignoresCase: magic.ignoresCase, keepsSlashes: magic.keepsSlashes))
        }
        self.items = items.filter { !$0.isExcluded }
        excluded = items.filter(\.isExcluded)
    }

    /// Whether a path from the root of the work tree is meant.
    public func matches(_ path: Path) -> Bool {
        (items.isEmpty || items.contains { $0.matches(path) })
            && !excluded.contains { $0.matches(path) }
    }

    /// Whether nothing is left out.
    var matchesEverything: Bool {
        excluded.isEmpty && (items.isEmpty || items.contains { $0.path == "." })
    }

    /// The paths, where all of it is plain names; else nil.
    var names: [Path]? {
        let isPlain = items.allSatisfy { $0.isLiteral && !$0.ignoresCase }
        return isPlain && excluded.isEmpty ? items.map(\.path) : nil
    }

    /// The folders and files below which all that can match lies; empty for everything.
    var roots: [Path] {
        let roots = items.map(\.root)
        return roots.contains(".") ? [] : roots
    }
}

extension Pathspec.Item {
    /// Whether a path is this one, lies below it, or matches the pattern.
    public func matches(_ path: Path) -> Bool {
        if self.path == "." { return true }
        let (own, other) = ignoresCase ? (self.path.lowercased, path.lowercased) : (self.path, path)
        if other.relative(to: own) != nil { return true }
        guard !isLiteral else { return false }
        return Wildmatch.matches(own.bytes, other.bytes, keepsSlashes: keepsSlashes)
    }

    /// The path without the components from the first pattern on.
    fileprivate var root: Path {
        guard !ignoresCase else { return "." }
        guard !isLiteral else { return path }
        let plain = path.components.prefix { !$0.bytes.contains(where: Wildmatch.isSpecial) }
        return plain.reduce(".") { $0.appending($1) }
    }
}

/// What stands in front of a path: `:(top,exclude)`, `:/`, `:!`.
private struct Magic {
    var rest: Path
    var isFromTop = false
    var isExcluded = false
    var isLiteral = false
    var ignoresCase = false
    var keepsSlashes = false

    init(_ word: Path) throws(GitError) {
        rest = word
        guard word.bytes.first == UInt8(ascii: ":"), word.bytes.count > 1 else { return }
        var bytes = word.bytes.dropFirst()
        if bytes.first == UInt8(ascii: "(") {
            guard let close = bytes.firstIndex(of: UInt8(ascii: ")")) else {
                throw GitError("'\(word.displayName)' lacks a ')'")
            }
            let words = String(decoding: bytes[(bytes.startIndex + 1)..<close], as: UTF8.self)
            for name in words.split(separator: ",") { try set(String(name), word) }
            bytes = bytes[(close + 1)...]
        } else {
            loop: while let sign = bytes.first {
                switch sign {
                case UInt8(ascii: "/"): isFromTop = true
                case UInt8(ascii: "!"), UInt8(ascii: "^"): isExcluded = true
                case UInt8(ascii: ":"):
                    bytes.removeFirst()
                    break loop
                default: break loop
                }
                bytes.removeFirst()
            }
        }
        rest = Path(bytes: Array(bytes))
    }

    private mutating func set(_ name: String, _ word: Path) throws(GitError) {
        switch name {
        case "top": isFromTop = true
        case "exclude": isExcluded = true
        case "literal": isLiteral = true
        case "icase": ignoresCase = true
        case "glob": keepsSlashes = true
        default:
            throw GitError(
                "'\(word.displayName)' uses the word '\(name)', which nbgit does not know",
                hint: "use top, exclude, literal, icase or glob")
        }
    }
}

extension Path {
    fileprivate var lowercased: Path {
        Path(bytes: bytes.map { (0x41...0x5A).contains($0) ? $0 + 0x20 : $0 })
    }
}

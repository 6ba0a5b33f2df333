/// The lines of a `.gitattributes` file.
///
/// Follows gitattributes(5).
struct AttributeFile {
    /// From the top; of two that are about a file, the later one holds.
    private(set) var rules: [(pattern: IgnorePattern, settings: Settings)] = []
    /// The macros that are defined here, the last definition of each.
    private(set) var macros: [String: Settings] = [:]

    typealias Settings = [(name: String, value: AttributeValue)]

    /// What git knows without being told.
    static let builtIn = AttributeFile(
        Array("[attr]binary -diff -merge -text".utf8), definesMacros: true)

    /// git reads no file that is larger.
    private static let mostBytes = 100 << 20

    /// Reads a file; macros may be defined at the root and in the files beside the work tree.
    init(_ bytes: [UInt8], definesMacros: Bool) {
        guard bytes.count <= Self.mostBytes else { return }
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let text = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        for line in text.split(separator: .newline).compactMap({ AttributeLine($0) }) {
            switch line.subject {
            case .files(let pattern): rules.append((pattern, line.settings))
            case .macro(let name): if definesMacros { macros[name] = line.settings }
            }
        }
    }
}

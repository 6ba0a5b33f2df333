// `environ` is a variable, which Swift would not let threads share; nobody here changes it.
@unsafe @preconcurrency import Glibc

/// Variables by name: the program's own, or a set made up for a test.
public struct Environment: Sendable {
    /// `nil` stands for the program's own, which are looked up when asked for.
    private let content: Content?

    /// In a class, so that the many copies cost nothing where there is none.
    private final class Content: Sendable {
        /// `nil` stands for the program's own.
        let values: [String: String]?
        /// What is different from that; `nil` for a variable that is taken out.
        let changes: [String: [UInt8]?]

        init(_ values: [String: String]?, changes: [String: [UInt8]?] = [:]) {
            self.values = values
            self.changes = changes
        }
    }

    /// The variables the program was started with.
    public static let process = Environment(content: nil)

    /// Exactly these variables.
    public init(_ values: [String: String]) {
        self.init(content: Content(values))
    }

    private init(content: Content?) {
        self.content = content
    }

    /// The value of a variable, or `nil` when it is not set; bytes that are not UTF-8 become U+FFFD.
    public subscript(name: String) -> String? {
        path(name).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The value of a variable that holds a path, byte for byte.
    public func path(_ name: String) -> Path? {
        if let changed = content?.changes[name] { return changed.map(Path.init(bytes:)) }
        if let values = content?.values { return values[name].map { Path($0) } }
        // getenv answers with text closed by a zero that stays while nobody calls setenv; we never do.
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe Path(cString: text)
    }

    /// The same variables but for one, for a program that is to be run.
    ///
    /// - Parameters:
    ///   - name: Without `=`.
    ///   - value: Any bytes but zero; `nil` takes the variable out.
    /// - Returns: The changed set; this program's own variables stay as they are.
    public func setting(_ name: String, to value: [UInt8]?) -> Environment {
        var changes = content?.changes ?? [:]
        changes[name] = .some(value)
        return Environment(content: Content(content?.values, changes: changes))
    }

    /// The same as ``setting(_:to:)-([UInt8]?)``, with the UTF-8 bytes of `value`.
    public func setting(_ name: String, to value: String) -> Environment {
        setting(name, to: Array(value.utf8))
    }

    /// All variables as `NAME=value`, byte for byte, as environ(7) has them.
    var entries: [[UInt8]] {
        let changes = content?.changes ?? [:]
        let changed = Set(changes.keys.map { Array($0.utf8) })
        let kept = unchangedEntries.filter { entry in
            !changed.contains(Array(entry.prefix { $0 != UInt8(ascii: "=") }))
        }
        let added = changes.sorted { $0.key < $1.key }.compactMap { name, value in
            value.map { Array("\(name)=".utf8) + $0 }
        }
        return kept + added
    }

    private var unchangedEntries: [[UInt8]] {
        if let values = content?.values {
            return values.map { Array("\($0.key)=\($0.value)".utf8) }
        }
        var entries: [[UInt8]] = []
        // The list and each of its texts are closed by a zero and stay while nobody calls setenv.
        var next = unsafe environ
        while let entry = unsafe next.pointee {
            unsafe entries.append(Path(cString: entry).bytes)
            unsafe next = unsafe next.advanced(by: 1)
        }
        return entries
    }
}

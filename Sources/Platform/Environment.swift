import Glibc

/// Variables by name: the program's own, or a set made up for a test.
public struct Environment: Sendable {
    /// `nil` stands for the program's own, which are looked up when asked for.
    private let values: [String: String]?

    /// The variables the program was started with.
    public static let process = Environment(values: nil)

    /// Exactly these variables.
    public init(_ values: [String: String]) {
        self.init(values: values)
    }

    private init(values: [String: String]?) {
        self.values = values
    }

    /// The value of a variable, or `nil` when it is not set; bytes that are not UTF-8 become U+FFFD.
    public subscript(name: String) -> String? {
        path(name).map { String(decoding: $0.bytes, as: UTF8.self) }
    }

    /// The value of a variable that holds a path, byte for byte.
    public func path(_ name: String) -> Path? {
        if let values { return values[name].map { Path($0) } }
        // getenv answers with text closed by a zero that stays while nobody calls setenv; we never do.
        guard let text = unsafe getenv(name) else { return nil }
        return unsafe Path(cString: text)
    }
}

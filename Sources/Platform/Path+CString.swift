import Glibc

extension Path {
    /// The name as C wants it: the bytes closed by a zero.
    ///
    /// C sees no more of a name that holds a zero; the calls of this target refuse such a one.
    public var cName: [CChar] {
        var name = [CChar](repeating: 0, count: bytes.count + 1)
        unsafe name.withUnsafeMutableBytes { room in
            // The room is one byte longer than the name.
            unsafe bytes.withUnsafeBytes { unsafe room.copyMemory(from: $0) }
        }
        return name
    }

    /// Lends the name to C, closed by a zero; up to 1 KB without asking for memory.
    ///
    /// - Parameter body: Must not keep the pointer. Sees no more of a name that holds a zero.
    /// - Returns: What `body` returns.
    @unsafe func withCName<Answer>(_ body: (UnsafePointer<CChar>) -> Answer) -> Answer {
        let count = bytes.count
        return unsafe withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { room in
            // The room is one byte longer than the name.
            unsafe bytes.withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(room).copyMemory(from: $0)
            }
            unsafe room[count] = 0
            // A buffer of at least one byte has an address.
            guard let start = room.baseAddress else { preconditionFailure("no room") }
            return unsafe body(start)
        }
    }

    /// Copies a name from C, up to its closing zero.
    ///
    /// - Parameter cString: Must have a closing zero.
    @unsafe public init(cString: UnsafePointer<CChar>) {
        // strlen counts what lies before the zero, which the caller promised.
        let buffer = unsafe UnsafeRawBufferPointer(start: cString, count: strlen(cString))
        self.init(bytes: unsafe Array(buffer))
    }
}

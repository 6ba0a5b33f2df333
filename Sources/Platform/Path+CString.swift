import Glibc

extension Path {
    /// The name as C wants it: the bytes closed by a zero.
    ///
    /// C sees no more of a name that holds a zero; the calls of this target refuse such a one.
    public var cName: [CChar] {
        let count = bytes.count
        return unsafe [CChar](unsafeUninitializedCapacity: count + 1) { buffer, written in
            // The room is one byte longer than the name.
            unsafe bytes.withUnsafeBytes {
                unsafe UnsafeMutableRawBufferPointer(buffer).copyMemory(from: $0)
            }
            unsafe buffer[count] = 0
            written = count + 1
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

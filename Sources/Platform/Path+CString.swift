import Glibc

extension Path {
    /// The name as C wants it: the bytes closed by a zero.
    ///
    /// C sees no more of a name that holds a zero; the calls of this target refuse such a one.
    public var cName: [CChar] {
        var name: [CChar] = []
        name.reserveCapacity(bytes.count + 1)
        name.append(contentsOf: bytes.lazy.map(CChar.init(bitPattern:)))
        name.append(0)
        return name
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

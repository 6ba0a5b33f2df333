import Glibc

extension OutputSpan<UInt8> {
    /// Reads once into the room that is left, `read(2)`.
    ///
    /// - Returns: How many bytes came: zero at the end, negative where `errno` says why.
    mutating func read(from descriptor: Int32) -> Int {
        unsafe withUnsafeMutableBufferPointer { buffer, initializedCount in
            // The kernel writes at most the room behind what is initialised, and exactly the bytes it counts.
            let free = unsafe UnsafeMutableRawBufferPointer(buffer)[initializedCount...]
            let rebased = unsafe UnsafeMutableRawBufferPointer(rebasing: free)
            let count = unsafe Glibc.read(descriptor, rebased.baseAddress, rebased.count)
            initializedCount += max(count, 0)
            return count
        }
    }
}

import Glibc
import Laws

/// The law that `NBGIT_LAW` names.
private let law: Law = {
    let name = unsafe getenv("NBGIT_LAW").map { unsafe String(cString: $0) } ?? ""
    guard let law = Law.all.first(where: { $0.name == name }) else {
        let names = Law.all.map(\.name).joined(separator: ", ")
        fatalError("no law is called '\(name)'; there are \(names)")
    }
    return law
}()

/// What libFuzzer calls with every input that it thinks of.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    let input = unsafe Array(UnsafeBufferPointer(start: start, count: count))
    if let violation = law.violation(input) { fatalError(violation) }
    return 0
}

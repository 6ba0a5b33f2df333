// swift-tools-version: 6.2
import PackageDescription

// The Swift programs behind Benchmarks/run; Benchmarks/build builds them one by one, so that only 'in-process'
// needs simdjson.

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

/// simdjson On-Demand chooses its kernel when it is compiled: without this it is the slowest one.
#if arch(arm64)
let thisMachine = "-mcpu=native"
#else
let thisMachine = "-march=native"
#endif

let package = Package(
    name: "benchmarks",
    products: [
        .executable(name: "make-inputs", targets: ["MakeInputs"]),
        .executable(name: "in-process", targets: ["InProcess"]),
    ],
    dependencies: [
        // The name is given because the folder of a checkout may have any.
        .package(name: "nbgit", path: "..")
    ],
    targets: [
        .executableTarget(name: "MakeInputs", swiftSettings: settings),
        .executableTarget(
            name: "InProcess",
            dependencies: ["Simdjson", .product(name: "Notebook", package: "nbgit")],
            swiftSettings: settings),
        .target(
            name: "Simdjson", cxxSettings: [.unsafeFlags(["-O3", thisMachine])],
            linkerSettings: [.linkedLibrary("simdjson")]),
    ],
    cxxLanguageStandard: .cxx17
)

// The types of the payloads, for each of the two designs: what the macros make of them is in `derived.rs` and `ours.rs`.

record! { Small {
    required "id" id: i64,
    required "name" name: String,
    required "active" active: bool,
    optional "score" score: f64,
    optional "parentId" parent_id: i64,
} }

record! { Nested {
    required "name" name: String,
    optional "left" left: Box<Nested>,
    optional "right" right: Box<Nested>,
} }

record! { Texts {
    required "title" title: String,
    required "summary" summary: String,
    required "body" body: String,
    optional "author" author: String,
    optional "link" link: String,
    optional "tags" tags: Vec<String>,
} }

record! { Numbers {
    required "count" count: i64,
    required "total" total: i64,
    required "mean" mean: f64,
    required "deviation" deviation: f64,
    required "samples" samples: Vec<f64>,
    required "buckets" buckets: Vec<i64>,
} }

choice! { Phase { "PENDING" Pending, "RUNNING" Running, "SUCCEEDED" Succeeded, "FAILED" Failed, "CANCELLED" Cancelled, } }
choice! { Level { "low" Low, "medium" Medium, "high" High, "critical" Critical, } }

record! { Choices {
    required "phase" phase: Phase,
    required "level" level: Level,
    required "previous" previous: Phase,
    optional "next" next: Phase,
    optional "worst" worst: Level,
    optional "history" history: Vec<Phase>,
} }

record! { Cat {
    required "name" name: String,
    optional "lives" lives: i64,
} }

record! { Dog {
    required "name" name: String,
    optional "barks" barks: bool,
    optional "weight" weight: f64,
} }

record! { Fish {
    required "name" name: String,
    optional "depth" depth: f64,
} }

union! { Pet { 0 "cat" Cat, 1 "dog" Dog, 2 "fish" Fish, } }

record! { Times {
    required "createdAt" created_at: v1::DateTime,
    required "updatedAt" updated_at: v1::DateTime,
    optional "startedAt" started_at: v1::DateTime,
    optional "endedAt" ended_at: v1::DateTime,
} }

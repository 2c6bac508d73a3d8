import { describe, expect, test } from "vitest";
import { confinedGoroutines } from "../../support/confinedGoroutines.ts";

/** Who puts something into a queue waits for its worker, which `get` starts with the queue; main goes on calling that. */
const queues = (get: string, rest = "") => `
type queue struct{ jobs chan int; dead bool }
func (q *queue) work() { <-q.jobs }
type queues struct{ all map[string]*queue }
func open() *queue { return &queue{jobs: make(chan int)} }
func (qs *queues) get(name string) *queue {
	${get}
	return q
}
func (qs *queues) put(name string) {
	q := qs.get(name)
	q.jobs <- 1 // @send
}
func main() {
	qs := &queues{map[string]*queue{}}
	for {
		go qs.put("a") // @go
		time.Sleep(time.Hour) // @sleep
	}
}
${rest}
`;

const dump = ["1 [sleep] time.Sleep < main.main@sleep", "7 [chan send] main.(*queues).put@send by main.main@go in 1"];

const START = "qs.all[name] = q\n\t\tgo q.work()\n\t}";

/** Which values a variable can have where it is named. */
describe("a worker that is started for a variable's value", () => {
  test.each([
    ["is that of a new queue", `q := qs.all[name]\n\tif q == nil {\n\t\tq = open()\n\t\t${START}`],
    ["is that of a literal", `q, ok := qs.all[name]\n\tif !ok {\n\t\tq = &queue{jobs: make(chan int)}\n\t\t${START}`],
    [
      "is that of one of two new ones",
      `q := qs.all[name]\n\tif q == nil {\n\t\tq = open()\n\t\tif len(name) > 9 {\n\t\t\tq = open()\n\t\t}\n\t\t${START}`,
    ],
    [
      "is that of the next round's",
      `q := qs.all[name]\n\tfor range 2 {\n\t\tq = open()\n\t\tgo q.work()\n\t\tq = qs.all[name]\n\t}`,
    ],
    [
      "is that of a variable",
      `var q *queue = qs.all[name]\n\tvar p = q\n\tif q == nil {\n\t\tp, q = open(), open()\n\t\tgo p.work()\n\t}`,
    ],
  ])("%s alone", (_, get) => {
    expect(confinedGoroutines(queues(get), dump)).toEqual([7]);
  });

  test.each([
    ["of any queue", `q := qs.all[name]\n\tif q == nil {\n\t\tq = open()\n\t}\n\tif q.dead {\n\t\t${START}`],
    [
      "of one that an earlier round has found",
      `q := open()\n\tfor range 2 {\n\t\tgo q.work()\n\t\tq = qs.all[name]\n\t}`,
    ],
    [
      "of one that an earlier round of a named loop has found",
      `q := open()\nagain:\n\tfor range 2 {\n\t\tgo q.work()\n\t\tq = qs.all[name]\n\t\tcontinue again\n\t}`,
    ],
    ["that a head has found", `q := open()\n\tif q = qs.all[name]; q != nil {\n\t\tgo q.work()\n\t}`],
    [
      "that a case hands on to the next one",
      `q := open()\n\tswitch name {\n\tcase "a":\n\t\tq = qs.all[name]\n\t\tfallthrough\n\tcase "b":\n\t\tgo q.work()\n\t}`,
    ],
    ["that a jump leads to", `q := open()\nagain:\n\tgo q.work()\n\tq = qs.all[name]\n\tgoto again`],
    [
      "that a function sets",
      `q := qs.all[name]\n\tfind := func() { q = qs.all[name] }\n\tif q == nil {\n\t\tq = open()\n\t\tfind()\n\t\t${START}`,
    ],
    [
      "that is set through a pointer",
      `q := qs.all[name]\n\tp := &q\n\tif q == nil {\n\t\tq = open()\n\t\t*p = qs.all["b"]\n\t\t${START}`,
    ],
    [
      "that has the channel of an old one",
      `q := qs.all[name]\n\tif q.dead {\n\t\tq = &queue{jobs: q.jobs}\n\t\t${START}`,
    ],
    [
      "that a function finds",
      `q := qs.all[name]\n\tif q == nil {\n\t\tq = qs.find(name)\n\t\t${START}`,
      `func (qs *queues) find(name string) *queue { return qs.all[name] }`,
    ],
    ["of a case or of none", `q := qs.all[name]\n\tswitch name {\n\tcase "a":\n\t\tq = open()\n\t}\n\tgo q.work()`],
  ])("may be that of an old queue: %s", (_, get, rest = "") => {
    expect(confinedGoroutines(queues(get, rest), dump)).toEqual([]);
  });
});

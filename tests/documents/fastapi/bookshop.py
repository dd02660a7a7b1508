"""A small bookshop; `python bookshop.py` prints its OpenAPI document."""

import json
from datetime import date, datetime
from enum import Enum
from typing import Annotated, Literal, Union
from uuid import UUID

from fastapi import APIRouter, Depends, FastAPI, File, Form, Header, Path, Query, Response, UploadFile
from fastapi.security import APIKeyHeader, OAuth2PasswordBearer
from pydantic import BaseModel, Field

app = FastAPI(title="Bookshop", version="1.4.0", description="Books, and *who* bought them.")
books = APIRouter(prefix="/books", tags=["books"])
orders = APIRouter(prefix="/orders", tags=["orders"])
login = OAuth2PasswordBearer(tokenUrl="token", scopes={"orders": "Order books."})
key = APIKeyHeader(name="X-Shop-Key")


class Binding(str, Enum):
    """How the pages are held together."""

    hard = "hardcover"
    soft = "paperback"


class Author(BaseModel):
    name: str = Field(min_length=1, examples=["Ursula K. Le Guin"])
    born: date | None = None


class Book(BaseModel):
    """A book on the shelf."""

    id: UUID
    title: str
    authors: list[Author]
    binding: Binding = Binding.soft
    price: float = Field(gt=0, description="In euros.")
    pages: int | None = Field(default=None, ge=1)
    series: "Book | None" = None
    notes: dict[str, str] = {}


class NewBook(BaseModel):
    title: str
    authors: list[Author] = Field(min_length=1)
    price: float = Field(gt=0)


class Collect(BaseModel):
    way: Literal["collect"] = "collect"
    shop: int


class Post(BaseModel):
    way: Literal["post"] = "post"
    address: str
    express: bool = False


class Order(BaseModel):
    number: int
    placed: datetime
    books: list[UUID]
    delivery: Annotated[Union[Collect, Post], Field(discriminator="way")]
    place: tuple[float, float] | None = None


class Problem(BaseModel):
    reason: str


@books.get("", summary="List books")
def list_books(
    q: Annotated[str | None, Query(max_length=50)] = None,
    binding: Annotated[list[Binding] | None, Query()] = None,
    limit: Annotated[int, Query(ge=1, le=100)] = 20,
    accept_language: Annotated[str | None, Header()] = None,
) -> list[Book]:
    """Every book, the newest first."""
    return []


@books.post("", status_code=201, responses={409: {"model": Problem, "description": "It is there already."}})
def add_book(book: NewBook, key: Annotated[str, Depends(key)]) -> Book:
    ...


@books.get("/{book_id}", responses={404: {"model": Problem}})
def get_book(book_id: UUID) -> Book:
    ...


@books.delete("/{book_id}", status_code=204, deprecated=True)
def delete_book(book_id: UUID, key: Annotated[str, Depends(key)]) -> None:
    ...


@books.put("/{book_id}/cover")
def put_cover(
    book_id: UUID, image: Annotated[UploadFile, File(description="A PNG.")], alt: Annotated[str, Form()] = ""
) -> dict[str, int]:
    ...


@books.get("/{book_id}/cover", response_class=Response, responses={200: {"content": {"image/png": {}}}})
def get_cover(book_id: UUID, width: Annotated[int | None, Query()] = None):
    ...


@orders.post("", status_code=202)
def place_order(order: Order, token: Annotated[str, Depends(login)]) -> Order:
    ...


@orders.get("/{number}/files/{path:path}")
def order_file(number: Annotated[int, Path(ge=1)], path: str, token: Annotated[str, Depends(login)]):
    """A file that belongs to an order: any JSON."""
    ...


@app.post("/token", tags=["login"])
def get_token(username: Annotated[str, Form()], password: Annotated[str, Form()]) -> dict[str, str]:
    ...


app.include_router(books)
app.include_router(orders)

if __name__ == "__main__":
    print(json.dumps(app.openapi(), indent=2, ensure_ascii=False))
